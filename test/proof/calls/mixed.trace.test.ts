/** A program that mixes every way of sending, threads, a child and two kinds of socket: accounted for to the byte. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Flow, Way } from '#model/tally.ts';
import { reasons, traceProgram } from './tracing.ts';

const PART = 5000;
const folder = mkdtempSync(join(tmpdir(), 'zc mixed '));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'it\'s "<a> file\u00e9.bin');
writeFileSync(path, randomBytes(12 * PART));

const ways = ({ ways }: Flow) =>
  new Map(ways.map(({ calls, moved, bytes }: Way) => [`${calls.join(' + ')}: ${moved}`, bytes]));

test('a program that mixes everything is accounted for to the byte', async () => {
  const tally = await traceProgram('./mixed.ts', [path]);
  const flows = tally.flows.filter(({ file }) => file === path);
  const [tcp, unix] = ['tcp', 'unix'].map((kind) => flows.filter((flow) => flow.kind === kind));
  expect([tcp?.length, unix?.length]).toEqual([1, 1]);

  expect(ways(tcp?.[0] as Flow)).toEqual(
    new Map([
      ['sendfile: reference', PART + 1],
      ['pread + writev: copy', PART],
      ['pread + sendto: copy', PART],
      // sendfile for 1 byte does not make the rest of it a zero-copy transfer.
      ['pread + write: copy', PART - 1],
    ]),
  );
  expect(tcp?.[0]).toMatchObject({ bytes: 4 * PART, calls: { sendfile: 2, writev: 1, sendto: 5, write: 1, pread: 3 } });
  expect(ways(unix?.[0] as Flow)).toEqual(
    new Map([
      ['splice: reference', PART],
      ['mmap + write: copy', PART],
      ['sendfile: reference', PART],
      ['pread + write: copy', PART],
    ]),
  );
  expect(unix?.[0]).toMatchObject({ bytes: 4 * PART, calls: { splice: 2, mmap: 1, write: 2, sendfile: 1, pread: 1 } });

  const sockets = new Map(tally.sockets.map((socket) => [socket.socket, socket]));
  expect(sockets.get(tcp?.[0]?.socket as string)).toMatchObject({ bytes: 4 * PART + 100, fromMemory: 100 });
  expect(sockets.get(unix?.[0]?.socket as string)).toMatchObject({ bytes: 4 * PART, fromMemory: 0 });
  expect(reasons(tally)).toEqual([]);
});
