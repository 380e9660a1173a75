/**
 * Whether DecompressionStream refuses bytes behind the end of a deflate stream. Browsers do, and Node from version 24 on; core uses
 * it, but for the Node backend, which refuses them itself.
 */
export async function refusesBytesBehindDeflate(): Promise<boolean> {
  const stream = new Blob([Uint8Array.of(3, 0, 0)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream).arrayBuffer().then(
    () => false,
    () => true,
  );
}
