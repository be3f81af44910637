/** Answers to Fetch that are wrong are findings. None of these gets to the real kcat: one that prints nothing stands in. */
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withBench } from '#learn/bench.ts';
import type { FetchCase } from '#learn/fetch/fetch-task.ts';
import { judgeFetch } from '#learn/fetch/judge-fetch.ts';

const folder = mkdtempSync(join(tmpdir(), 'zc-fetch-'));
writeFileSync(join(folder, 'kcat'), '#!/bin/sh\n');
chmodSync(join(folder, 'kcat'), 0o755);
// What the guard needs; and no strace.
for (const name of ['rm', 'sleep']) symlinkSync(`/bin/${name}`, join(folder, name));
beforeEach(() => vi.stubEnv('PATH', folder));
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true }));

let number = 0;
const small: FetchCase = {
  batches: [
    { records: 3, valueBytes: 2000 },
    { records: 2, valueBytes: 700 },
  ],
  requests: [
    { offset: 1, maxBytes: 6000 },
    { offset: 4, maxBytes: 6000 },
  ],
};
const large: FetchCase = {
  batches: Array.from({ length: 30 }, () => ({ records: 1, valueBytes: 1_000_000 })),
  requests: [{ offset: 0, maxBytes: 2 ** 30 }],
  receiver: 'leaves',
};

async function judged(body: string, one: FetchCase) {
  const file = join(folder, `${++number}.ts`);
  writeFileSync(
    file,
    `import { readFileSync } from 'node:fs';
    import { EAGAIN, open, POLLOUT, sendBytes, waitFor } from '#libc';
    const say = (socket: number, bytes: Buffer) => {
      for (let at = 0; at < bytes.length; ) {
        const sent = sendBytes(socket, bytes.subarray(at));
        if (sent === -EAGAIN) waitFor(socket, POLLOUT, -1);
        else if (sent < 0) throw new Error('gone');
        else at += sent;
      }
    };
    const frame = ({ correlationId, fields, path, position, bytes }: any, size = 0) => {
      const all = Buffer.concat([Buffer.alloc(8), fields, Buffer.alloc(4), readFileSync(path).subarray(position, position + bytes)]);
      all.writeInt32BE(all.length - 4 + size, 0);
      all.writeInt32BE(correlationId, 4);
      all.writeInt32BE(bytes, 8 + fields.length);
      return all;
    };
    export function answerFetch(socket: number, fetch: any) {
      ${body}
    }`,
  );
  const tools = pathToFileURL('labs/exercises/broker/fetch.ts').href;
  return await withBench((bench) =>
    judgeFetch(file, { kind: 'fetch', function: 'answerFetch', tools, cases: [one] }, bench),
  );
}

test.each([
  ['bytes-missing', '', small],
  ['bytes-missing', 'say(socket, frame(fetch).subarray(0, -1));', small],
  ['fetch-head', 'say(socket, frame(fetch, 4));', small],
  ['bytes-differ', 'const all = frame(fetch); all[200]++; say(socket, all);', small],
  ['bytes-extra', "say(socket, frame(fetch)); say(socket, Buffer.alloc(100, 'x'));", small],
  ['threw', "say(socket, frame(fetch)); throw new Error('no');", small],
  ['descriptors-left', 'say(socket, frame(fetch)); open(fetch.path);', small],
  ['hang', 'for (;;);', small],
  ['exited', 'process.exit(0)', small],
  ['faults-not-met', 'say(socket, frame(fetch));', { ...small, faults: 'short' }],
  ['no-error', 'try { say(socket, frame(fetch)); } catch {}', large],
  ['kcat-differs', 'say(socket, frame(fetch));', small],
] as const)('judgeFetch() finds %s', { timeout: 60_000 }, async (code, body, one) => {
  const judgement = await judged(body, one);
  expect(judgement.state === 'failed' && judgement.findings.map((found) => found.code)).toEqual([code]);
});

test('judgeFetch() says what is missing where there is no kcat', async () => {
  vi.stubEnv('PATH', '/nowhere');
  await expect(judged('', small)).rejects.toMatchObject({ code: 'no-program', args: { package: 'kcat' } });
});
