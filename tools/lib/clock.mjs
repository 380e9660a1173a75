/**
 * Starts a clock; calling the result gives the time since then, for people: `0.8 s`, `41 s`, `3 min 20 s`.
 *
 * @returns {() => string}
 */
export function startClock() {
  const start = performance.now();
  return () => {
    const seconds = (performance.now() - start) / 1000;
    if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
    const whole = Math.round(seconds);
    return whole < 100 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
  };
}
