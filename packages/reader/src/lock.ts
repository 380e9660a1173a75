const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'input', 'wheel', 'touchstart', 'scroll'] as const;

/** Milliseconds between two looks at the clock. Timers stand still while a computer sleeps; its clock does not. */
const LOOK = 5_000;

/**
 * Calls `lock` after so many minutes without a sign of the user; the result stops it. Of what happens inside the message's
 * frame, a browser tells the page only that it scrolls, since the frame is as long as its content, and that it got the focus.
 */
export function watchIdle(minutes: number, lock: () => void): () => void {
  let last = Date.now();
  const stopping = new AbortController();
  const options: AddEventListenerOptions = { capture: true, passive: true, signal: stopping.signal };
  const look = (): void => {
    if (Date.now() - last >= minutes * 60_000) lock();
  };
  // What wakes a computer is no sign that somebody was there while it slept.
  const seen = (): void => {
    look();
    last = Date.now();
  };
  for (const sign of SIGNS) addEventListener(sign, seen, options);
  for (const back of ['visibilitychange', 'pageshow']) addEventListener(back, look, options);
  const timer = setInterval(look, LOOK);
  return () => {
    clearInterval(timer);
    stopping.abort();
  };
}

/** Locks when the page is left, so that neither the browser's history nor its back button brings the message back. */
export function lockOnLeaving(lock: () => void): void {
  addEventListener('pagehide', lock);
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) lock();
  });
}
