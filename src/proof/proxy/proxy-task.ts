/**
 * A proxy between two loopback connections, as a task: its own CPU time, its calls, and whose bytes arrive behind it when the
 * file that was sent into it is overwritten meanwhile.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  accept,
  connect,
  fsync,
  listen,
  Mapping,
  Meter,
  MSG_TRUNC,
  MSG_WAITALL,
  O_RDWR,
  open,
  receiveAll,
  recv,
  SyscallError,
  send,
  setTimeouts,
} from '#libc';
import { addressFor, prepare } from '#machine/links.ts';
import type { Task } from '#measure/task.ts';
import { count, fill, NEW, OLD } from '#proof/pages/content.ts';
import { sendBlocking } from '#transfer/blocking-loop.ts';
import { sendfile } from '#transfer/sendfile.ts';
import type { OpenRelay, Relay } from './proxies.ts';

/** Bytes that are passed on at once: what a receive queue takes while nobody reads. */
const BATCH_BYTES = 64 * 1024;
const PATIENCE_MS = 10_000;

/** Both ends of what comes in and of what goes out. */
interface Ends {
  readonly feed: number;
  readonly from: number;
  readonly to: number;
  readonly sink: number;
}

/** The task of one proxy. @param payload bytes of a sample; one of --size instead */
export function proxyTask(open: OpenRelay, payload: number): Task {
  return ({ folder, bytes: asked }) => {
    using opening = new DisposableStack();
    const [one, other] = [connected(opening), connected(opening)];
    const ends: Ends = { feed: one.sender, from: one.receiver, to: other.sender, sink: other.receiver };
    const proxy = opening.use(open(ends.from, ends.to, BATCH_BYTES));
    const newBytes = overwritten(ends, proxy, join(folder, 'passed.bin'));
    const buffer = opening.use(Mapping.anonymous(BATCH_BYTES));
    const meter = new Meter();
    const batches = Math.max(1, Math.round((asked ?? payload) / BATCH_BYTES));
    const before = { ...proxy.calls };
    const stack = opening.move();
    return {
      run() {
        let proxyCpuNs = 0;
        for (let done = 0; done < batches; done++) {
          checkWhole('send', send(ends.feed, buffer.address, BATCH_BYTES));
          const began = meter.cpuNs();
          proxy.pass(BATCH_BYTES);
          proxyCpuNs += meter.cpuNs() - began;
          checkWhole('recv', recv(ends.sink, buffer.address, BATCH_BYTES, MSG_TRUNC | MSG_WAITALL));
        }
        const bytes = batches * BATCH_BYTES;
        const calls = Object.fromEntries(
          Object.entries(proxy.calls).map(([name, made]) => [name, made - (before[name] ?? 0)]),
        );
        return { bytes, check: `${bytes} bytes`, calls, extra: { operations: batches, proxyCpuNs, newBytes } };
      },
      [Symbol.dispose]: () => stack.dispose(),
    };
  };
}

/** Sends a file of A's through the proxy by sendfile, overwrites it with B's, and reads. @returns B's that arrive */
function overwritten({ feed, sink }: Ends, proxy: Relay, path: string): number {
  writeFileSync(path, Buffer.alloc(BATCH_BYTES));
  using writer = open(path, O_RDWR);
  using content = Mapping.anonymous(BATCH_BYTES);
  fill(writer, content, OLD);
  fsync(writer.fd);
  using mover = sendfile.open({ fd: writer.fd, bytes: BATCH_BYTES }, { fd: feed }, BATCH_BYTES);
  sendBlocking(mover, { fd: feed }, 0, BATCH_BYTES);
  proxy.pass(BATCH_BYTES);
  fill(writer, content, NEW);
  const received = receiveAll(sink, BATCH_BYTES);
  const [oldBytes, newBytes] = [count(received, OLD), count(received, NEW)];
  if (oldBytes + newBytes !== BATCH_BYTES)
    throw new Error(`Cannot trust the proxy: of ${BATCH_BYTES} bytes ${oldBytes + newBytes} arrived`);
  return newBytes;
}

function connected(stack: DisposableStack): { sender: number; receiver: number } {
  const { socket, address } = listen(addressFor('tcp'));
  using listener = socket;
  const sender = stack.use(connect(address, (fd) => prepare(fd, 'tcp', 'reno')));
  const receiver = stack.use(accept(listener.fd));
  for (const { fd } of [sender, receiver]) {
    prepare(fd, 'tcp', 'reno');
    setTimeouts(fd, PATIENCE_MS);
  }
  return { sender: sender.fd, receiver: receiver.fd };
}

function checkWhole(call: string, result: number): void {
  if (result < 0) throw new SyscallError(call, -result);
  if (result !== BATCH_BYTES) throw new Error(`Cannot ${call} ${BATCH_BYTES} bytes at once: ${result} went`);
}
