/** Milliseconds after which nobody waits for a server any more. */
const PATIENCE = 300_000;

/**
 * Sends a file to the sender's endpoint: a plain POST, of a type that browsers send to another origin without asking first. The page
 * has no origin (`Origin: null`), no cookie goes along, and no other address is followed. Whether the server took it. Aborting
 * `attempt` ends it, and however it ends, `attempt` is aborted then.
 */
export async function send(address: string, file: Blob, attempt: AbortController): Promise<boolean> {
  const giveUp = (): void => {
    attempt.abort();
  };
  const timer = setTimeout(giveUp, PATIENCE);
  try {
    const { ok } = await fetch(address, {
      method: 'POST',
      body: file.slice(0, file.size, 'text/plain'),
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal: attempt.signal,
    });
    return ok;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
    // Nobody reads what else it answers.
    giveUp();
  }
}
