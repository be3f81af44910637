/** By which calls the payload leaves, on each fetch path: seen by strace. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { childrenOf } from '#proof/calls/index.ts';
import { Client, fetchRequest } from './client.ts';
import { paths } from './running.ts';
import { batch } from './storage/batches.ts';
import { createTopic, fetched, produced, take } from './traffic.ts';

const root = mkdtempSync(join(tmpdir(), 'zc-broker-trace-'));
afterAll(() => rmSync(root, { recursive: true }));

/** What a broker under strace is asked, in a process of its own. @returns what strace wrote, and what `asking` found */
async function traced<T>(
  path: string,
  calls: string,
  asking: (client: Client) => Promise<T>,
): Promise<{ trace: string; found: T }> {
  const folder = mkdtempSync(join(root, `${path}-`));
  const trace = `${folder}.trace`;
  const program = join(import.meta.dirname, 'program.ts');
  const strace = ['-f', '-qq', '-yy', '-s', '0', '-e', `trace=${calls}`, '-o', trace, process.execPath];
  const child = spawn('strace', [...strace, program, folder, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  using client = await Client.connect(Number(line));
  await createTopic(client, 'events');
  const found = await asking(client);
  // strace ends with the program; a signal to strace itself would leave that running.
  for (const pid of childrenOf(child.pid!)) process.kill(pid, 'SIGKILL');
  await ended;
  return { trace: readFileSync(trace, 'utf8'), found };
}

/** Bytes by call and by what their descriptor is: `sendfile log→socket`, `pread64 log`, `write socket` … */
async function bytesByCall(path: string): Promise<{ payload: number; moved: Record<string, number> }> {
  const { trace, found } = await traced(path, 'sendfile,pread64,write,sendto', async (client) => {
    await produced(client, 'events', take(40, 7, 100_000));
    return await fetched(client, 'events', 2 ** 24);
  });
  return { payload: found.length, moved: sums(trace) };
}

function sums(trace: string): Record<string, number> {
  const moved: Record<string, number> = {};
  for (const [, call = '', where = '', bytes] of trace.matchAll(/^\d+ +(\w+)\((.*)\) = (\d+)$/gm)) {
    const ends = [/<[^>]*\.log>/.test(where) ? 'log' : '', /<TCP/.test(where) ? 'socket' : ''];
    const key = `${call} ${ends.filter(Boolean).join('→')}`.trim();
    moved[key] = (moved[key] ?? 0) + Number(bytes);
  }
  return moved;
}

/** What the broker reads of a log besides: headers of batches. */
const FEW_BYTES = 50_000;

test.each(paths)('the payload leaves as the path says: %s', async (path) => {
  const { payload, moved } = await bytesByCall(path);
  expect(payload).toBeGreaterThan(10 * FEW_BYTES);
  const {
    'sendfile log→socket': sent = 0,
    'write socket': written = 0,
    'pread64 log': read = 0,
    'sendto socket': headers = 0,
  } = moved;
  expect(headers).toBeLessThan(FEW_BYTES);
  expect({ sent, written, copied: read > FEW_BYTES }).toEqual({
    sent: path === 'sendfile' ? payload : 0,
    written: path === 'sendfile' ? 0 : payload,
    copied: path === 'copying',
  });
});

test('a consumer that reads on is answered by five calls: to wait, to take the request, to find the batch, and to send', async () => {
  const { trace } = await traced('sendfile', 'all', async (client) => {
    const batches = Array.from({ length: 200 }, () => batch({ body: Buffer.alloc(16_000) }));
    await produced(client, 'events', batches);
    for (let offset = 0n; offset < 196n; offset += 4n)
      await client.ask('fetch', 11, fetchRequest('events', offset, { maxBytes: 65_536 }));
  });
  // Node's other threads, and the collector of garbage, are not asked about.
  const calls = [...trace.matchAll(/^\d+ +(?!futex|mmap|munmap|madvise|mprotect)(\w+)\(/gm)]
    .map(([, call]) => call)
    .join(' ');
  const fetches = calls.split(/(?=epoll_wait recvfrom )/).filter((one) => one.includes('sendfile'));
  expect(fetches.length).toBeGreaterThan(40);
  expect(new Set(fetches.map((one) => one.trim()))).toContain('epoll_wait recvfrom pread64 sendto sendfile');
});
