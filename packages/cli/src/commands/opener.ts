import { openerFiles } from 'sealpost/opener';
import { usageFailure } from '../failure.js';
import { Outputs } from '../output.js';
import { say } from '../tui.js';

/** Options of `sealpost opener` (spec/cli.md, section 7). */
export interface OpenerFlags {
  readonly output?: string;
  readonly force?: boolean;
}

/** Writes the static opener's files into a folder: all of them, or none. */
export async function openerCommand({ output, force }: OpenerFlags): Promise<void> {
  if (output === undefined) throw usageFailure('no output', 'name a folder with -o');
  if (output === '-') throw usageFailure('the opener is several files', 'name a folder with -o');
  const files = openerFiles();
  await Outputs.run(async (outputs) => {
    // For a web server, which is somebody else.
    const folder = outputs.folder(output, { force, shared: true });
    folder.reserve([...files.keys()]);
    for (const [name, bytes] of files) await folder.file(name).fill(bytes);
    outputs.publish();
  });
  say(`wrote the opener to ${output}: open its index.html in a browser, or serve the folder`);
}
