/**
 * One transfer through a virtual cable, whose packets are counted at the sending device: the file is overwritten when the
 * last packet has arrived and before anybody reads, so what arrives shows whose bytes the packets held.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  accept,
  connect,
  Mapping,
  O_RDWR,
  open,
  receiveAll,
  receiveQueueBytes,
  setCongestionControl,
  setNonBlocking,
  setOption,
  setTimeouts,
} from '#libc';
import { sentBy } from '#machine/veth.ts';
import type { Task, Work } from '#measure/task.ts';
import { count, fill, NEW, OLD, readBack } from '#proof/pages/content.ts';
import { sendBlocking } from '#transfer/blocking-loop.ts';
import type { Technique } from '#transfer/mover.ts';
import { type Header, headed } from './header.ts';
import { type Wire, type Wires, wireBetween } from './wires.ts';

/** How one variant sends. */
export interface Sending {
  readonly technique: Technique;
  /** A short header goes before the file, and how it is held back. */
  readonly header?: Header;
}

const PATIENCE_MS = 5000;

/** The task of a variant over the wire that the factor `link` names. */
export function wireTask({ technique, header }: Sending, wires: Wires): Task {
  return async (setting) => {
    const bytes = Number(setting.factors.bytes);
    const wire = wireBetween(String(setting.factors.link), wires);
    const sending = await connected(wire, join(setting.folder, 'source.bin'), bytes);
    return { run: () => send(sending, technique, header), [Symbol.dispose]: () => sending.stack.dispose() };
  };
}

async function connected(wire: Wire, path: string, bytes: number) {
  using opening = new DisposableStack();
  writeFileSync(path, Buffer.alloc(bytes));
  const writer = opening.use(open(path, O_RDWR));
  const content = opening.use(Mapping.anonymous(bytes));
  fill(writer, content, OLD);
  const source = opening.use(open(path));
  const sender = opening.use(
    connect(wire.address, (fd) => {
      setOption(fd, 'TCP_NODELAY', 1);
      setCongestionControl(fd, 'reno');
    }),
  );
  const receiver = opening.use(accept(wire.listener.fd));
  setTimeouts(receiver.fd, PATIENCE_MS);
  setNonBlocking(sender.fd, true);
  return { wire, bytes, writer, content, source, sender, receiver, stack: opening.move() };
}

type Connected = Awaited<ReturnType<typeof connected>>;

async function send(
  { wire, bytes, writer, content, source, sender, receiver }: Connected,
  technique: Technique,
  header: Header | undefined,
): Promise<Work> {
  using mover = technique.open({ fd: source.fd, bytes }, sender, bytes);
  const before = sentBy(wire.device);
  const headerBytes = headed(sender.fd, header, () => sendBlocking(mover, sender, 0, bytes));
  await untilArrived(receiver.fd, headerBytes + bytes);
  const after = sentBy(wire.device);

  fill(writer, content, NEW);
  const overwritten = count(readBack(writer, bytes), NEW);
  if (overwritten !== bytes)
    throw new Error(`Cannot test: ${overwritten} of ${bytes} bytes of the file were overwritten`);
  const received = receiveAll(receiver.fd, headerBytes + bytes).subarray(headerBytes);
  const [oldBytes, newBytes] = [count(received, OLD), count(received, NEW)];
  if (oldBytes + newBytes !== bytes)
    throw new Error(`Cannot trust '${technique.id}': of ${bytes} bytes of the file ${oldBytes + newBytes} arrived`);
  return {
    bytes,
    check: `${bytes} bytes`,
    calls: mover.calls,
    extra: {
      oldBytes,
      newBytes,
      wireBytes: after.bytes - before.bytes,
      wirePackets: after.packets - before.packets,
    },
  };
}

/**
 * Until all of it waits in the receiving socket: then no packet is left that could take bytes from the file. Not until it
 * is acknowledged: the last acknowledgement may be put off, and then the sender sends the last packet once more.
 */
async function untilArrived(socket: number, bytes: number): Promise<void> {
  for (let waited = 0; receiveQueueBytes(socket) < bytes; waited++) {
    if (waited > PATIENCE_MS) throw new Error(`Cannot test: not all arrived in ${PATIENCE_MS / 1000} s`);
    await wait(1);
  }
}
