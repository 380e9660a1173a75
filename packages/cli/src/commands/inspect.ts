import { inspect } from 'sealpost';
import { readEnvelopeInput } from '../envelope-input.js';
import { inspectionJson } from '../json.js';
import { writeOut } from '../stdout.js';
import { inspectionView } from '../text-view.js';

/** Options of `sealpost inspect` (spec/cli.md, section 4). */
export interface InspectFlags {
  readonly json?: boolean;
}

/** Shows what the envelope in `input`, a file's name or `-`, shows to everybody. */
export async function inspectCommand(input: string, { json = false }: InspectFlags): Promise<void> {
  const { bytes, inMail } = await readEnvelopeInput(input);
  const inspected = await inspect(bytes);
  await writeOut(
    json ? `${inspectionJson(inspected, bytes.length, inMail)}\n` : inspectionView(inspected, bytes.length, inMail),
  );
}
