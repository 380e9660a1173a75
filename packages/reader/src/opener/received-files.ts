import { registerWorker } from './scripts.js';

/** Message of the page to the service worker, once it can take files. */
export const READY = 'sealpost-ready';

interface LaunchParams {
  readonly files: readonly { getFile(): Promise<File> }[];
}

interface LaunchQueue {
  setConsumer(consumer: (params: LaunchParams) => void): void;
}

/**
 * Where the opener is served (not from `file://`): makes it work without a network and lets it be installed, and takes the files that the
 * system hands to it. `trusted` is false for those that came by a form, which any page of the web can send.
 */
export async function receiveFiles(
  take: (files: readonly File[], trusted: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  if (!location.protocol.startsWith('http')) return;
  const link = document.createElement('link');
  link.rel = 'manifest';
  link.href = 'manifest.webmanifest';
  document.head.append(link);
  const { launchQueue } = globalThis as { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files }) => {
    // One that is gone meanwhile is none.
    void Promise.all(files.map((file) => file.getFile().catch(() => undefined))).then((all) => {
      take(
        all.filter((file) => file !== undefined),
        true,
      );
    });
  });
  // Missing where the page is not in a secure context.
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer };
  if (serviceWorker === undefined) return;
  serviceWorker.addEventListener(
    'message',
    ({ data }: MessageEvent<unknown>) => {
      if (Array.isArray(data))
        take(
          data.filter((one) => one instanceof File),
          false,
        );
    },
    { signal },
  );
  serviceWorker.controller?.postMessage(READY);
  // The opener works all the same where a browser wants no worker.
  await registerWorker().catch(() => undefined);
}
