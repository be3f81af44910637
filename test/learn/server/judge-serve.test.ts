/** Loops that misbehave are findings. None of these gets as far as the way of the bytes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { withBench } from '#learn/bench.ts';
import { judgeServe } from '#learn/server/judge-serve.ts';
import type { ServeCase, ServeTask } from '#learn/server/serve-task.ts';

const folder = mkdtempSync(join(tmpdir(), 'zc-serve-'));
afterAll(() => rmSync(folder, { recursive: true }));

let number = 0;

async function judged(body: string, ...cases: ServeCase[]) {
  const file = join(folder, `${++number}.ts`);
  writeFileSync(
    file,
    `import { EAGAIN, OffsetCell, open, POLLOUT, sendfile, waitFor } from '#libc';
    const whole = (socket: number, path: string) => {
      using file = open(path);
      using cell = new OffsetCell();
      for (let sent = 1; sent !== 0; ) {
        sent = sendfile(socket, file.fd, cell, 65_536);
        if (sent === -EAGAIN) waitFor(socket, POLLOUT, -1);
        else if (sent < 0) throw new Error('sendfile ' + sent);
      }
    };
    export function serve(clients: { socket: number; path: string }[]) {${body}}`,
  );
  const task: ServeTask = { kind: 'serve', function: 'serve', cases };
  return await withBench((bench) => judgeServe(file, task, bench));
}

const two: ServeCase = { clients: [{ bytes: 5000 }, { bytes: 6000 }] };
const stalling: ServeCase = { clients: [{ bytes: 33_554_432, receiver: 'stalls' }, { bytes: 6000 }] };

test.each([
  [
    'cold-call',
    'for (const { socket, path } of clients) whole(socket, path);',
    { clients: [{ bytes: 50_000, cold: true }, { bytes: 9 }] },
  ],
  ['starved', 'for (const { socket, path } of clients) whole(socket, path);', stalling],
  ['bytes-missing', 'whole(clients[0].socket, clients[0].path);', two],
  ['bytes-differ', 'whole(clients[0].socket, clients[1].path); whole(clients[1].socket, clients[0].path);', two],
  ['descriptors-left', 'for (const { socket, path } of clients) whole(socket, path); open(clients[0].path);', two],
  ['hang', 'for (const { socket, path } of clients) whole(socket, path); for (;;);', two],
  ['exited', 'process.exit(0)', two],
  ['faults-not-met', 'for (const { socket, path } of clients) writeAll(socket, path)', { ...two, faults: 'short' }],
] as const)('judgeServe() finds %s', async (code, body, one) => {
  const judgement = await judged(
    body.replace(
      'writeAll',
      "((s: number, p: string) => { const fs = process.getBuiltinModule('node:fs'); fs.writeSync(s, fs.readFileSync(p)); })",
    ),
    one as ServeCase,
  );
  expect(judgement.state === 'failed' && judgement.findings.map((found) => found.code)).toEqual([code]);
});
