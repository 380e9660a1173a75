import SMTPConnection from 'nodemailer/lib/smtp-connection';

export interface Transport {
  readonly port: number;
  readonly from: string;
  readonly to: string;
}

/** Hands raw mail to a server on this machine, byte for byte. Resolves when the server has taken it. */
export function sendRaw(raw: Uint8Array, { port, from, to }: Transport): Promise<void> {
  const connection = new SMTPConnection({ host: '127.0.0.1', port, ignoreTLS: true });
  return new Promise((resolve, reject) => {
    connection.once('error', reject);
    connection.connect(() => {
      connection.send({ from, to: [to] }, Buffer.from(raw), (error) => {
        connection.quit();
        if (error) reject(error);
        else resolve();
      });
    });
  });
}
