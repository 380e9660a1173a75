import { afterAll, beforeAll } from 'vitest';
import { startCountingProxy, type CountingProxy } from './counting-proxy.js';

/**
 * For a group of tests, which it is to be called in, before their browser is: a proxy that is there before the first of them, and
 * gone after the browser.
 */
export function useCountingProxy(): Omit<CountingProxy, 'close'> {
  let proxy: CountingProxy;

  beforeAll(async () => {
    proxy = await startCountingProxy();
  });
  afterAll(async () => {
    await proxy.close();
  });

  return {
    get port() {
      return proxy.port;
    },
    get requests() {
      return proxy.requests;
    },
    get connections() {
      return proxy.connections;
    },
  };
}
