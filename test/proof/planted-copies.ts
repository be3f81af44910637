/**
 * Senders with a copy planted on the way, for test/proof/copies.guest.test.ts: it puts this file beside the labs of a
 * guest and runs it there.
 */
import { readSync, writeSync } from 'node:fs';
import { Mapping, memoryFile, openPipe, pread, read, write } from '#libc';
import { defineLab } from '#measure/lab.ts';
import { countTransfers } from '#proof/copies/count-transfers.ts';
import type { Mover, Technique } from '#transfer/mover.ts';
import { readWrite } from '#transfer/read-write.ts';
import { sendfile } from '#transfer/sendfile.ts';

/** A sender that hands each chunk through `detour` between pread and write. */
function withDetour(id: string, open: (chunk: number) => (buffer: Mapping, bytes: number) => Mapping): Technique {
  return {
    id,
    open(source, sink, chunk): Mover {
      const buffer = Mapping.anonymous(chunk);
      const detour = open(chunk);
      return {
        calls: {},
        step(offset, count) {
          const got = pread(source.fd, buffer.address, Math.min(count, chunk), offset);
          const { address } = detour(buffer, got);
          for (let sent = 0; sent < got; ) sent += write(sink.fd, address + sent, got - sent);
          return got;
        },
        [Symbol.dispose]() {
          buffer[Symbol.dispose]();
        },
      };
    },
  };
}

/** Through a pipe: two copies more, both in the kernel. */
const extraPipe = withDetour('extra-pipe', (chunk) => {
  const pipe = openPipe(chunk);
  return (buffer, bytes) => {
    write(pipe.writeEnd, buffer.address, bytes);
    read(pipe.readEnd, buffer.address, bytes);
    return buffer;
  };
});

/** From one buffer of the program to another: the kernel has no part in it. */
const userCopy = withDetour('user-copy', (chunk) => {
  const other = Mapping.anonymous(chunk);
  return (buffer, bytes) => {
    buffer.view().copy(other.view(), 0, 0, bytes);
    return other;
  };
});

/** The file is written into a memfd first, and sent from there by sendfile. */
const throughMemory: Technique = {
  id: 'through-memfd',
  open(source, sink, chunk) {
    const memory = memoryFile('planted');
    const bytes = Buffer.alloc(source.bytes);
    readSync(source.fd, bytes, 0, bytes.length, 0);
    writeSync(memory.fd, bytes);
    const mover = sendfile.open({ fd: memory.fd, bytes: source.bytes }, sink, chunk);
    return {
      calls: mover.calls,
      step: (offset, count) => mover.step(offset, count),
      [Symbol.dispose]() {
        mover[Symbol.dispose]();
        memory[Symbol.dispose]();
      },
    };
  },
};

const cost = { seconds: 20, diskBytes: 65_536, memoryBytes: 2 ** 28 };

export default defineLab({
  id: 'planted-copies',
  kind: 'count',
  title: 'Planted copies',
  question: 'Are copies found that somebody put there?',
  first: null,
  shows: ['copies that were planted'],
  leavesOut: ['everything else'],
  needs: [],
  variants: { 'read-write': 'a', 'extra-pipe': 'b', 'user-copy': 'c', 'through-memfd': 'd' },
  baseline: 'read-write',
  cost: { quick: cost, default: cost, full: cost },
  senders: {
    'read-write': readWrite,
    'extra-pipe': extraPipe,
    'user-copy': userCopy,
    'through-memfd': throughMemory,
  },
  run: countTransfers(() => ({
    blocks: [
      {
        variants: ['read-write', 'extra-pipe', 'user-copy', 'through-memfd'],
        links: ['tcp'],
        receivers: ['read'],
        fileSystems: ['work folder'],
      },
    ],
    rounds: 1,
    bytes: 262_144,
    chunk: 65_536,
  })),
});
