/** Short answers of a header and a file: how many packets, and whether anything is kept back. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { withBench } from '#learn/bench.ts';
import type { SendTask } from '#learn/exercise.ts';
import { judgePackets } from '#learn/judge-packets.ts';

const folder = mkdtempSync(join(tmpdir(), 'zc-packets-'));
afterAll(() => rmSync(folder, { recursive: true }));

const task: SendTask = {
  kind: 'send',
  function: 'answer',
  header: true,
  cases: [],
  constantMemory: false,
  mechanism: { ways: [['sendfile']], sharesPages: true },
};

/** A program that sends the header by `first`, then the file. */
async function judged(name: string, first: string, last = '') {
  const file = join(folder, `${name}.ts`);
  writeFileSync(
    file,
    `import { fstat, Mapping, MSG_MORE, OffsetCell, open, send, sendfile, setOption } from '#libc';
    export function answer(socket: number, path: string, header: string): void {
      using file = open(path);
      const { size } = fstat(file.fd);
      using memory = Mapping.anonymous(header.length);
      memory.view().write(header, 'latin1');
      ${first};
      using cell = new OffsetCell();
      if (size > 0) sendfile(socket, file.fd, cell, size);
      ${last};
    }`,
  );
  return await withBench((bench) => judgePackets(file, task, bench));
}

const cork = "setOption(socket, 'TCP_CORK', 1); send(socket, memory.address, header.length)";

test.each([
  ['MSG_MORE', 'send(socket, memory.address, header.length, size > 0 ? MSG_MORE : 0)', ''],
  ['TCP_CORK', cork, "setOption(socket, 'TCP_CORK', 0)"],
])('judgePackets() counts one packet each with %s', async (name, first, last) => {
  expect(await judged(name, first, last)).toMatchObject({ packets: [{ segments: 1 }, { segments: 1 }] });
});

test('judgePackets() finds the packet that the header had to itself', async () => {
  expect(await judged('two', 'send(socket, memory.address, header.length)')).toMatchObject({
    findings: [{ code: 'short-packet', args: { fileBytes: 3001, segments: 2, least: 1 } }],
  });
});

test('judgePackets() finds what is kept back by a cork, or for a file that has nothing', async () => {
  expect(await judged('cork', cork)).toMatchObject({ findings: [{ code: 'held-back', args: { by: 'TCP_CORK' } }] });
  expect(await judged('more', 'send(socket, memory.address, header.length, MSG_MORE)')).toMatchObject({
    findings: [{ code: 'held-back', args: { fileBytes: 0, by: 'MSG_MORE' } }],
  });
});
