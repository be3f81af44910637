/**
 * A process that appends batches of a seed to the log in a folder, and says after each one which offset it was given:
 * what it has said is acknowledged. When an append fails it says why, and tries the same batch again, three times.
 * Arguments: folder, seed, JSON of the log's options, number of batches (none: until it is killed), milliseconds that the
 * log stays open after the last one.
 */
import { writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { Log } from '../../../src/broker/storage/log.ts';
import { appenderBatches } from './whole.ts';

const [folder = '', seed = '', options = '', batches = 'Infinity', waitMs = '0'] = process.argv.slice(2);

using log = Log.open(folder, JSON.parse(options));
let appended = 0;
for (const bytes of appenderBatches(Number(seed))) {
  if (!append(bytes, 3) || ++appended >= Number(batches)) break;
}
await wait(Number(waitMs));

function append(bytes: Buffer, tries: number): boolean {
  try {
    writeSync(1, `${log.append(bytes).lastOffset}\n`);
    return true;
  } catch (error) {
    writeSync(1, `${(error as Error).message}\n`);
    return tries > 1 && append(bytes, tries - 1);
  }
}
