import { pathToFileURL } from 'node:url';
import type { Marionette } from './marionette.js';

/** Saves the page that Firefox shows as its menu does with "Web page, complete": the file, and a folder beside it. */
export async function savePage(firefox: Marionette, file: string): Promise<void> {
  await firefox.run('chrome', SAVE, file, file.replace(/\.html$/, '_files'));
}

/** Shows a file. */
export async function showFile(firefox: Marionette, file: string): Promise<void> {
  await firefox.send('Marionette:SetContext', { value: 'content' });
  await firefox.send('WebDriver:Navigate', { url: pathToFileURL(file).href });
}

/** Runs in the browser's window. As its `internalSave` and `makeWebBrowserPersist` do. */
const SAVE = `async (file, folder) => {
  const at = (name) => {
    const made = Cc['@mozilla.org/file/local;1'].createInstance(Ci.nsIFile);
    made.initWithPath(name);
    return made;
  };
  const { frameLoader } = gBrowser.selectedBrowser;
  const page = await new Promise((onDocumentReady, onError) => frameLoader.startPersistence(null, { onDocumentReady, onError }));
  const persist = Cc['@mozilla.org/embedding/browser/nsWebBrowserPersist;1'].createInstance(Ci.nsIWebBrowserPersist);
  persist.persistFlags = persist.PERSIST_FLAGS_REPLACE_EXISTING_FILES | persist.PERSIST_FLAGS_FROM_CACHE;
  const { STATE_STOP, STATE_IS_NETWORK } = Ci.nsIWebProgressListener;
  await new Promise((resolve) => {
    persist.progressListener = {
      QueryInterface: ChromeUtils.generateQI(['nsIWebProgressListener']),
      onStateChange: (progress, request, flags) => flags & STATE_STOP && flags & STATE_IS_NETWORK && resolve(),
      onProgressChange() {}, onLocationChange() {}, onStatusChange() {}, onSecurityChange() {},
    };
    persist.saveDocument(page, at(file), at(folder), null, persist.ENCODE_FLAGS_ENCODE_BASIC_ENTITIES, 80);
  });
}`;
