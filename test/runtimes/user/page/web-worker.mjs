// The same in a worker of a page.
import { sealAndOpen } from '../seal-and-open.mjs';

addEventListener('message', ({ data }) => {
  void sealAndOpen(data).then(postMessage);
});
