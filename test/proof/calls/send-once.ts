/** Program for paths.trace.test.ts: sends a file by one technique over AF_UNIX, to a reader in a thread of its own. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { finishSending, fstat, open, socketPair } from '../../../src/machine/libc/index.ts';
import { sendBlocking } from '../../../src/transfer/blocking-loop.ts';
import { techniques } from '../../../src/transfer/techniques.ts';

const [, , id, path, chunk] = process.argv as [string, string, string, string, string];
const technique = techniques.find((each) => each.id === id);
if (!technique) throw new RangeError(`Cannot find technique '${id}'`);
using file = open(path);
const bytes = fstat(file.fd).size;
const [sender, receiver] = socketPair();
const worker = new Worker(new URL('../../transfer/reading-worker.ts', import.meta.url), {
  workerData: { fd: receiver.fd, piece: 65_536 },
});
await new Promise((ready) => worker.once('message', ready));
const received = new Promise<{ bytes: number; sha256: string }>((done) => worker.once('message', done));
{
  using mover = technique.open({ fd: file.fd, bytes }, sender, Number(chunk));
  sendBlocking(mover, sender, 0, bytes);
}
finishSending(sender.fd);
const expected = createHash('sha256').update(readFileSync(path)).digest('hex');
const { sha256 } = await received;
if (sha256 !== expected) throw new Error(`Expected sha256 ${expected}, received ${sha256}`);
