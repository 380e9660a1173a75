import { encodeText, writeDataForm } from '@sealpost/vectors';
import { bitFlips } from './bit-flips.js';
import { tinyEnvelope } from './envelopes.js';
import { testSweep } from './sweep.js';

const file = encodeText(writeDataForm(tinyEnvelope('argon2id').sections));

// First line, header, blank lines, block and end block: all of it means something, so no flip may open. In no text of an
// envelope does a single flip turn white space that may be left out into other such white space.
testSweep('every bit of a data form', { honest: file, alterations: () => bitFlips(file) });
