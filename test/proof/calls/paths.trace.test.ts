/** The path models against the kernel's own account: the calls that strace sees, their number, and the bytes they moved. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { paths, senderCopies } from '#model/paths/index.ts';
import { type Flow, referencedBytes, type Tally } from '#model/tally.ts';
import { reasons, traceProgram } from './tracing.ts';

const CHUNK = 16_384;
const BYTES = 10 * CHUNK + 100;
const folder = mkdtempSync(join(tmpdir(), 'zc trace '));
afterAll(() => rmSync(folder, { recursive: true }));

/** Two contents: one that can be told from any other, and one whose parts all look alike. */
const files = [
  { name: 'random bytes', path: join(folder, 'random.bin'), content: randomBytes(BYTES) },
  { name: 'nothing but x', path: join(folder, 'alike.bin'), content: Buffer.alloc(BYTES, 'x') },
];
for (const { path, content } of files) writeFileSync(path, content);

function flowOf(tally: Tally, path: string): Flow {
  const flows = tally.flows.filter(({ file }) => file === path);
  expect(flows).toHaveLength(1);
  return flows[0] as Flow;
}

describe.each(paths)('$technique', (path) => {
  test.each(files)('makes the calls of its path model for $name, and they carry every byte', async ({ path: file }) => {
    const tally = await traceProgram('./send-once.ts', [path.technique, file, String(CHUNK)]);
    const flow = flowOf(tally, file);
    const { mmap = 0, ...calls } = flow.calls;
    expect({ calls, mmap }).toEqual({ calls: path.calls(BYTES, CHUNK), mmap: path.setup.mmap ?? 0 });
    const last = Object.keys(path.calls(BYTES, CHUNK)).at(-1) as string;
    expect(flow).toMatchObject({ kind: 'unix', bytes: BYTES, bytesByCall: { [last]: BYTES }, refusals: [] });
    expect(referencedBytes(flow)).toBe(senderCopies(path) === 0 ? BYTES : 0);
    const socket = tally.sockets.find(({ socket }) => socket === flow.socket);
    expect(socket).toMatchObject({ bytes: BYTES, fromFiles: BYTES, fromMemory: 0 });
    expect(reasons(tally)).toEqual([]);
  });

  test('moves the file whole when the kernel answers EINTR to every third call', async () => {
    const [{ path: file }] = files as [(typeof files)[number]];
    const [last] = Object.keys(path.calls(BYTES, CHUNK)).slice(-1) as [string];
    const inject = ['-e', `inject=${last}:error=EINTR:when=3+3`];
    const flow = flowOf(await traceProgram('./send-once.ts', [path.technique, file, String(CHUNK)], inject), file);
    expect(flow).toMatchObject({ bytes: BYTES, refusals: [] });
    expect(flow.calls[last]).toBeGreaterThan(path.calls(BYTES, CHUNK)[last] as number);
  });
});
