import type { ReplyLedger } from 'sealpost';
import { FileReplyLedger } from 'sealpost/ledger';
import { fileFailure } from './failure.js';
import type { Outputs } from './output.js';

/** A ledger in a folder, whose note of a reply is taken back where what is made of the reply is. */
export function ledgerFor(outputs: Outputs, folder: string): ReplyLedger {
  const ledger = new FileReplyLedger(folder);
  return {
    async remember(id, expires) {
      const noted = await ledger.remember(id, expires).catch((error: unknown) => {
        throw fileFailure(error, 'write', folder);
      });
      if (noted) {
        outputs.onUndo(() => {
          ledger.forgetSync(id);
        });
      }
      return noted;
    },
    forget: (id) => ledger.forget(id),
  };
}
