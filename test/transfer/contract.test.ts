/** One table of cases over every technique, both loops and both kinds of socket; the bytes are verified at the far end. */
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statfsSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { finishSending, open, pageSize, setNonBlocking, setOption } from '#libc';
import type { Link } from '#machine/links.ts';
import { sendBlocking } from '#transfer/blocking-loop.ts';
import { FileEnded, PeerGone, ReceiverStalled } from '#transfer/errors.ts';
import type { Technique } from '#transfer/mover.ts';
import { sendPolling } from '#transfer/polling-loop.ts';
import { techniques } from '#transfer/techniques.ts';
import { connectedPair, type Received, startReading } from './receiving.ts';

/** What the shim under '#libc' does to the calls that move data; the calls are really made. */
const shim = vi.hoisted(() => ({ shorten: (count: number) => count, interrupt: (): boolean => false }));

vi.mock('#libc', async (original) => {
  const libc = await original<typeof import('#libc')>();
  return {
    ...libc,
    pread: (fd: number, address: number, count: number, offset: number) =>
      shim.interrupt() ? -libc.EINTR : libc.pread(fd, address, shim.shorten(count), offset),
    write: (fd: number, address: number, count: number) =>
      shim.interrupt() ? -libc.EINTR : libc.write(fd, address, shim.shorten(count)),
    sendfile: (...[out, from, cell, count]: Parameters<typeof libc.sendfile>) =>
      shim.interrupt() ? -libc.EINTR : libc.sendfile(out, from, cell, shim.shorten(count)),
    spliceIn: (...[file, cell, pipe, count, flags]: Parameters<typeof libc.spliceIn>) =>
      shim.interrupt() ? -libc.EINTR : libc.spliceIn(file, cell, pipe, shim.shorten(count), flags),
    spliceOut: (...[pipe, out, count, flags]: Parameters<typeof libc.spliceOut>) =>
      shim.interrupt() ? -libc.EINTR : libc.spliceOut(pipe, out, shim.shorten(count), flags),
  };
});

const page = pageSize();
const CHUNK = 65_536;
const folder = mkdtempSync(join(tmpdir(), 'zc contract '));
const path = join(folder, 'source.bin');
const content = randomBytes(3 * CHUNK + 17);
writeFileSync(path, content);

afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  shim.shorten = (count) => count;
  shim.interrupt = () => false;
});

type Loop = (
  technique: Technique,
  fd: number,
  sink: { fd: number },
  offset: number,
  count: number,
  bytes: number,
) => number;

const loops: Record<string, Loop> = {
  blocking(technique, fd, sink, offset, count, bytes) {
    using mover = technique.open({ fd, bytes }, sink, CHUNK);
    return sendBlocking(mover, sink, offset, count, 5000);
  },
  'blocking loop on a non-blocking socket'(technique, fd, sink, offset, count, bytes) {
    setNonBlocking(sink.fd, true);
    using mover = technique.open({ fd, bytes }, sink, CHUNK);
    return sendBlocking(mover, sink, offset, count, 5000);
  },
  polling(technique, fd, sink, offset, count, bytes) {
    setNonBlocking(sink.fd, true);
    using mover = technique.open({ fd, bytes }, sink, CHUNK);
    const [outcome] = sendPolling([{ mover, sink, offset, count }], 5000);
    if (outcome?.state === 'failed') throw outcome.error;
    return outcome?.bytes ?? -1;
  },
};

interface Case {
  name: string;
  offset: number;
  count: number;
  sendBuffer?: number;
  reading?: { piece: number; pauseMs?: number };
  shim?: Partial<typeof shim>;
}

let turn = 0;
const cases: Case[] = [
  { name: 'nothing', offset: 0, count: 0 },
  { name: '1 byte', offset: 0, count: 1 },
  { name: 'a page less 1', offset: 0, count: page - 1 },
  { name: 'a page', offset: 0, count: page },
  { name: 'a page and 1', offset: 0, count: page + 1 },
  { name: 'a chunk less 1', offset: 0, count: CHUNK - 1 },
  { name: 'a chunk', offset: 0, count: CHUNK },
  { name: 'a chunk and 1', offset: 0, count: CHUNK + 1 },
  { name: 'the whole file', offset: 0, count: content.length },
  { name: 'a range in the middle, off every boundary', offset: page + 123, count: 2 * CHUNK + 77 },
  {
    name: 'a slow reader and a small send buffer',
    offset: 0,
    count: content.length,
    sendBuffer: 4096,
    reading: { piece: 9000, pauseMs: 1 },
  },
  { name: 'every count cut to 1000', offset: 5, count: CHUNK + 9, shim: { shorten: (count) => Math.min(count, 1000) } },
  {
    name: 'counts cut at random',
    offset: 5,
    count: 2 * CHUNK,
    shim: { shorten: (count) => 1 + ((turn++ * 7919) % count) },
  },
  { name: 'EINTR at every second call', offset: 0, count: content.length, shim: { interrupt: () => turn++ % 2 === 0 } },
];

/** Sends over a real connection and returns what arrived. */
async function transfer(
  technique: Technique,
  loop: Loop,
  link: Link,
  each: Case,
): Promise<{ sent: number; received: Received }> {
  using file = open(path);
  const { sender, receiver } = connectedPair(link);
  using sending = sender;
  using receiving = receiver;
  if (each.sendBuffer) setOption(sending.fd, 'SO_SNDBUF', each.sendBuffer);
  const { result } = await startReading(receiving.fd, each.reading ?? { piece: CHUNK });
  Object.assign(shim, each.shim);
  const sent = loop(technique, file.fd, sending, each.offset, each.count, content.length);
  finishSending(sending.fd);
  return { sent, received: await result };
}

describe.each(techniques)('$id', (technique) => {
  describe.each(Object.entries(loops))('%s', (_, loop) => {
    test.each(cases)('moves exactly $name over TCP and AF_UNIX', async (each) => {
      const expected = content.subarray(each.offset, each.offset + each.count);
      for (const link of ['tcp', 'unix'] as const) {
        const { sent, received } = await transfer(technique, loop, link, each);
        expect({ sent, ...received }).toEqual({
          sent: each.count,
          bytes: each.count,
          sha256: createHash('sha256').update(expected).digest('hex'),
          stamps: [],
        });
      }
    });

    test('says how far it came when the file ends early', async () => {
      const asked = { name: 'more than there is', offset: CHUNK, count: content.length };
      await expect(transfer(technique, loop, 'tcp', asked)).rejects.toThrow(
        new FileEnded(content.length - CHUNK, content.length),
      );
    });

    test('says that the peer is gone, without a signal, and keeps nothing', async () => {
      const before = openFiles();
      for (const link of ['tcp', 'unix'] as const) {
        using file = open(path);
        const { sender, receiver } = connectedPair(link);
        using sending = sender;
        const { result } = await startReading(receiver.fd, { piece: 1000, stopAfter: 1000 });
        loop(technique, file.fd, sending, 0, 2000, content.length);
        await result;
        receiver[Symbol.dispose]();
        // More than any buffer holds: the first call after the peer went may still succeed, a later one must not.
        const start = () => {
          for (let round = 0; round < 1000; round++)
            loop(technique, file.fd, sending, 0, content.length, content.length);
        };
        expect(start).toThrow(PeerGone);
      }
      expect(openFiles()).toEqual(before);
    });
  });

  test('stops at the new end when the file is cut to whole pages after it was opened', async () => {
    const short = join(folder, 'cut.bin');
    writeFileSync(short, content);
    using file = open(short);
    const { sender, receiver } = connectedPair('tcp');
    using sending = sender;
    using receiving = receiver;
    const { result } = await startReading(receiving.fd, { piece: CHUNK });
    using mover = technique.open({ fd: file.fd, bytes: content.length }, sending, CHUNK);
    cut(short, 2 * page);
    expect(() => sendBlocking(mover, sending, 0, content.length, 5000)).toThrow(FileEnded);
    finishSending(sending.fd);
    expect(await result).toMatchObject({ bytes: 2 * page });
  });

  test('gives up on a receiver that takes nothing', () => {
    using file = open(path);
    const { sender, receiver } = connectedPair('unix');
    using sending = sender;
    using _ = receiver;
    setNonBlocking(sending.fd, true);
    using mover = technique.open({ fd: file.fd, bytes: content.length }, sending, CHUNK);
    const fill = () => {
      for (let round = 0; round < 1000; round++) sendBlocking(mover, sending, 0, content.length, 20);
    };
    expect(fill).toThrow(ReceiverStalled);
  });

  test('moves a range that lies beyond 2 GiB', async () => {
    const { file, first, stamps } = bigFile(join(folder, 'big.bin'));
    using source = open(file);
    const { sender, receiver } = connectedPair('tcp');
    using sending = sender;
    using receiving = receiver;
    const { result } = await startReading(receiving.fd, {
      piece: CHUNK,
      stamps: stamps.map((offset) => offset - first),
    });
    using mover = technique.open({ fd: source.fd, bytes: BIG }, sending, CHUNK);
    expect(sendBlocking(mover, sending, first, BIG - first, 5000)).toBe(BIG - first);
    finishSending(sending.fd);
    expect(await result).toEqual({
      bytes: BIG - first,
      sha256: '',
      stamps: stamps.map((offset) => BigInt(offset) + 1n),
    });
    rmSync(file);
  });

  test.runIf(sharedMemoryBytes() > 3 * 2 ** 30)('moves a whole file of more than 2 GiB', async () => {
    const place = mkdtempSync('/dev/shm/zc-contract-');
    try {
      const { file, stamps } = bigFile(join(place, 'big.bin'));
      using source = open(file);
      const { sender, receiver } = connectedPair('tcp');
      using sending = sender;
      using receiving = receiver;
      const { result } = await startReading(receiving.fd, { piece: 2 ** 20, stamps: [0, ...stamps] });
      using mover = technique.open({ fd: source.fd, bytes: BIG }, sending, 2 ** 32);
      expect(sendBlocking(mover, sending, 0, BIG, 20_000)).toBe(BIG);
      finishSending(sending.fd);
      expect(await result).toEqual({
        bytes: BIG,
        sha256: '',
        stamps: [0, ...stamps].map((offset) => BigInt(offset) + 1n),
      });
    } finally {
      rmSync(place, { recursive: true });
    }
  });
});

test('sendPolling() serves the others while one receiver stalls, and says which one did', async () => {
  using file = open(path);
  const pairs = techniques.map(() => connectedPair('unix'));
  const [, ...reading] = pairs;
  const results = await Promise.all(reading.map(({ receiver }) => startReading(receiver.fd, { piece: 5000 })));
  const movers = techniques.map((technique, index) =>
    technique.open({ fd: file.fd, bytes: content.length }, pairs[index]?.sender as { fd: number }, CHUNK),
  );
  const jobs = movers.map((mover, index) => {
    const sink = pairs[index]?.sender as { fd: number };
    setNonBlocking(sink.fd, true);
    setOption(sink.fd, 'SO_SNDBUF', 4096);
    return { mover, sink, offset: 0, count: content.length };
  });
  const outcomes = sendPolling(jobs, 200);
  expect(outcomes.map(({ state }) => state)).toEqual(['failed', 'done', 'done', 'done']);
  expect(outcomes[0]).toMatchObject({ error: expect.any(ReceiverStalled) });
  for (const { sender } of reading) finishSending(sender.fd);
  const sha256 = createHash('sha256').update(content).digest('hex');
  for (const { result } of results) expect(await result).toMatchObject({ bytes: content.length, sha256 });
  for (const mover of movers) mover[Symbol.dispose]();
  for (const { sender, receiver } of pairs) {
    sender[Symbol.dispose]();
    receiver[Symbol.dispose]();
  }
});

/** 2 GiB and 64 KiB: one sendfile call cannot take it, and its last offsets need more than 31 bits. */
const BIG = 2 ** 31 + 65_536;

/** A sparse file with 8-byte stamps (their own offset plus 1) around the boundaries; `first` is the first of the last MiB. */
function bigFile(file: string): { file: string; first: number; stamps: number[] } {
  const first = 2 ** 31 - 2 ** 20;
  const stamps = [first, 2 ** 31 - page, 2 ** 31 - 8, 2 ** 31, 2 ** 31 + page, BIG - 8];
  const fd = openSync(file, 'w');
  ftruncateSync(fd, BIG);
  for (const offset of [0, ...stamps]) {
    const stamp = Buffer.alloc(8);
    stamp.writeBigUInt64LE(BigInt(offset) + 1n);
    writeSync(fd, stamp, 0, 8, offset);
  }
  closeSync(fd);
  return { file, first, stamps };
}

function sharedMemoryBytes(): number {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize;
  } catch {
    return 0;
  }
}

function cut(file: string, bytes: number): void {
  const fd = openSync(file, 'r+');
  ftruncateSync(fd, bytes);
  closeSync(fd);
}

/** Sockets, pipes and files of ours that are open. Worker threads come and go with descriptors of other kinds. */
function openFiles(): string[] {
  const targets = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return '';
    }
  });
  return targets.filter((target) => target.startsWith('socket:') || target.startsWith(folder)).sort();
}
