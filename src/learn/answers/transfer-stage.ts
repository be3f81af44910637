/** One transfer whose way the learner's function is not told: the file, the receiving end, and a function that sends. */
import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { accept, connect, type Descriptor, finishSending, listen, open, receiveAll } from '#libc';
import { sendBlocking } from '#transfer/blocking-loop.ts';
import { mmapWrite } from '#transfer/mmap-write.ts';
import type { Technique } from '#transfer/mover.ts';
import { readWrite } from '#transfer/read-write.ts';
import { sendfile } from '#transfer/sendfile.ts';
import { splice } from '#transfer/splice.ts';
import type { Json } from './paper.ts';
import type { Stage } from './stage.ts';

/**
 * How a file can be sent. `half`: the first half by read and write, the rest by sendfile. `drained`: by sendfile, and
 * somebody takes everything out and passes a copy on before the call returns.
 */
export const sendingWays = ['sendfile', 'read-write', 'splice', 'mmap-write', 'half', 'drained'] as const;
export type SendingWay = (typeof sendingWays)[number];

/** What the file is full of. */
const OLD = 0x41; // A

/** Makes the file and the connection. @param args path, bytes, way */
export function transferStage(args: readonly Json[]): Stage {
  const [path, bytes, way] = args as [string, number, SendingWay];
  writeFileSync(path, Buffer.alloc(bytes, OLD), { flush: true });
  const inode = statSync(path).ino;
  const pair = connectedPair();
  const relayed = way === 'drained' ? connectedPair() : null;
  let transfers = 0;
  const transfer = () => {
    transfers++;
    using source = open(path);
    for (const { technique, offset, count } of partsOf(way, bytes)) {
      using mover = technique.open({ fd: source.fd, bytes }, pair.sender, bytes);
      sendBlocking(mover, pair.sender, offset, count);
    }
    finishSending(pair.sender.fd);
    if (relayed) relay(pair.receiver, relayed.sender, bytes);
  };
  const { receiver } = relayed ?? pair;
  return {
    // Bound: its text tells nothing.
    args: [path, receiver.fd, transfer.bind(null)],
    seen: () => ({
      transfers,
      overwritten: statSync(path).ino === inode ? readFileSync(path).filter((byte) => byte !== OLD).length : 0,
      unread: transfers > 0 ? receiveAll(receiver.fd, bytes).length : 0,
    }),
    [Symbol.dispose]() {
      for (const one of [pair, relayed]) {
        one?.sender[Symbol.dispose]();
        one?.receiver[Symbol.dispose]();
      }
    },
  };
}

/** How many bytes are the new ones when a transfer of that way is overwritten before anybody reads: found out here. */
export function changedBytes(path: string, bytes: number, way: SendingWay): number {
  using stage = transferStage([path, bytes, way]);
  const [, receiver, transfer] = stage.args as [string, number, () => void];
  transfer();
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(bytes, OLD + 1), 0, bytes, 0);
  closeSync(file);
  return receiveAll(receiver, bytes).filter((byte) => byte !== OLD).length;
}

function partsOf(way: SendingWay, bytes: number): { technique: Technique; offset: number; count: number }[] {
  const middle = Math.floor(bytes / 2);
  const whole = (technique: Technique) => [{ technique, offset: 0, count: bytes }];
  switch (way) {
    case 'read-write':
      return whole(readWrite);
    case 'mmap-write':
      return whole(mmapWrite);
    case 'splice':
      return whole(splice);
    case 'sendfile':
    case 'drained':
      return whole(sendfile);
    case 'half':
      return [
        { technique: readWrite, offset: 0, count: middle },
        { technique: sendfile, offset: middle, count: bytes - middle },
      ];
  }
}

/** Takes everything out of one connection and passes it on over another. */
function relay(from: Descriptor, to: Descriptor, bytes: number): void {
  const all = receiveAll(from.fd, bytes);
  for (let done = 0; done < all.length; ) done += writeSync(to.fd, all, done);
  finishSending(to.fd);
}

/** Both ends of one connection: nobody reads before the learner's function does. */
export function connectedPair(): { readonly sender: Descriptor; readonly receiver: Descriptor } {
  const { socket, address } = listen({ family: 'inet', port: 0 });
  using listener = socket;
  const sender = connect(address);
  return { sender, receiver: accept(listener.fd) };
}
