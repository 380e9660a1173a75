import { serveKdf } from './kdf-worker.js';
import { startPage } from './page.js';
import { setUpRegistry } from './registry.js';

// The same text is the page's script and, handed to a worker, the key derivation's.
if (typeof document === 'undefined') {
  serveKdf();
} else {
  const runtime = document.currentScript?.textContent ?? '';
  setUpRegistry();
  void startPage(runtime);
}
