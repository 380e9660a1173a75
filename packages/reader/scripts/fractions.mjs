/**
 * The tables of SHA-2, which are the page's longest: the first 64 bits of the fractional parts of the prime numbers' square or cube
 * roots (FIPS 180-4, 4.2.3 and 5.3.5), low words first. The page computes them when it starts; the build compares them with noble's.
 *
 * @param {bigint} root 2n or 3n
 * @param {number} count of prime numbers
 */
export function fractions(root, count) {
  /** @type {bigint[]} */
  const primes = [];
  for (let n = 2n; primes.length < count; n++) if (primes.every((prime) => n % prime)) primes.push(n);
  const words = BigUint64Array.from(primes, (prime) => {
    // Newton's method from above, in integers; the array keeps the lowest 64 bits.
    let next = 1n << 70n;
    let last;
    do {
      last = next;
      next = (last * (root - 1n) + (prime << (64n * root)) / last ** (root - 1n)) / root;
    } while (next < last);
    return last;
  });
  return new Uint32Array(words.buffer);
}
