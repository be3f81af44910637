/**
 * What does encryption cost, and what does losing zero copy cost, each by itself?
 *
 * Shows: one warm file sent over loopback TCP as it is, by read + write and by sendfile: what the copies cost. The same
 * read + write with OpenSSL in the place of write, and without read from a mapping: what encryption costs. With a cipher
 * that only authenticates: what is left without encryption. And where the kernel has TLS, the kernel in OpenSSL's place,
 * with and without sendfile: what zero copy is worth when everything is encrypted.
 * Leaves out: handshakes, which are made before the clock starts; other ciphers; Java, which encrypts by code of its own; a
 * network card that encrypts; and a network.
 */
import { join } from 'node:path';
import { runFile } from '#cli/run-file.ts';
import { Mapping, mapFile, OffsetCell, open, pread, unmap } from '#libc';
import { newSecret } from '#machine/kernel-tls.ts';
import { arrivingOnce, Drain, startDrain } from '#measure/drain.ts';
import { defineLab } from '#measure/lab.ts';
import { openSending, type Protection, type SendingEnd, tryProtection } from '#measure/protection.ts';
import { makeSourceFile, warm } from '#measure/source-file.ts';
import type { Task } from '#measure/task.ts';
import { timeTasks } from '#measure/tasks.ts';
import { given, sendfileWhole } from '#measure/whole.ts';

const KiB = 1024;
const MiB = 1024 * KiB;
/** Bytes that are read, or encrypted, by one call: four records of TLS. */
const CHUNK = 64 * KiB;
const FILE_BYTES = 96 * MiB;

interface Tools {
  /** The socket, for a call that sends without passing through the program. */
  readonly to: number;
  readonly file: number;
  readonly buffer: number;
  readonly cell: OffsetCell;
}
type Send = (end: SendingEnd, bytes: number, tools: Tools) => void;

/** Reads a chunk into the program, and writes it: to the socket, or through OpenSSL. */
const copying: Send = (end, bytes, { file, buffer }) => {
  for (let offset = 0; offset < bytes; ) {
    const got = given('pread', pread(file, buffer, Math.min(CHUNK, bytes - offset), offset));
    if (got === 0) throw new Error(`Cannot send ${bytes} bytes: the file ended after ${offset}`);
    writeAll(end, buffer, got);
    offset += got;
  }
};

/** The same without the read: the pages of the page cache are the buffer. */
const fromMapping: Send = (end, bytes, { file }) => {
  const address = given('mmap', mapFile(file, 0, bytes));
  for (let offset = 0; offset < bytes; offset += CHUNK) {
    writeAll(end, address + offset, Math.min(CHUNK, bytes - offset));
  }
  unmap(address, bytes);
};

/** The program never sees the bytes. */
const byReference: Send = (_, bytes, { to, file, cell }) => {
  sendfileWhole(to, file, cell, 0, bytes);
};

function writeAll(end: SendingEnd, address: number, count: number): void {
  for (let sent = 0; sent < count; ) sent += given('write', end.write(address + sent, count - sent));
}

const ways: Readonly<Record<string, { readonly protection: Protection; readonly send: Send }>> = {
  'read-write': { protection: 'none', send: copying },
  sendfile: { protection: 'none', send: byReference },
  tls: { protection: 'tls', send: copying },
  'tls-mapped': { protection: 'tls', send: fromMapping },
  integrity: { protection: 'integrity', send: copying },
  'kernel-tls': { protection: 'kernel-tls', send: copying },
  'kernel-tls-sendfile': { protection: 'kernel-tls', send: byReference },
};

/** One connection a sample, opened and agreed on before the clock starts. */
function task(name: string, { protection, send }: (typeof ways)[string]): Task {
  return ({ folder, bytes: asked }) => {
    tryProtection(protection);
    using opening = new DisposableStack();
    const bytes = asked === null ? FILE_BYTES : Math.min(asked, FILE_BYTES);
    const file = opening.use(open(join(folder, 'source.bin')));
    const buffer = opening.use(Mapping.anonymous(CHUNK));
    buffer.view().fill(1);
    const cell = opening.use(new OffsetCell());

    const connect = (hash: boolean, stack: DisposableStack) => {
      const drain = stack.use(new Drain(folder));
      const secret = newSecret();
      drain.order({ bytes, answers: 1, asking: false, hash, protection, secret });
      const end = stack.use(openSending(drain.fd, protection, secret));
      return () => {
        send(end, bytes, { to: drain.fd, file: file.fd, buffer: buffer.address, cell });
        return drain.receipt();
      };
    };
    const arriving = () => {
      using stack = new DisposableStack();
      return connect(true, stack)();
    };
    const check = arrivingOnce(name, arriving);
    const transfer = connect(false, opening);
    const stack = opening.move();
    return {
      run: () => ({ bytes, check, receiverCpuNs: transfer().cpuNs }),
      [Symbol.dispose]: () => stack.dispose(),
    };
  };
}

const settings = [{ link: 'tcp', chunk: CHUNK }];
const cost = { diskBytes: FILE_BYTES, memoryBytes: 400 * MiB };

const lab = defineLab({
  id: 'tls',
  kind: 'time',
  title: 'What encryption costs, and what losing zero copy costs',
  question: 'How much does it cost to encrypt a file on its way, and how much to lose sendfile for that?',
  first: null,
  shows: [
    'CPU time of sender and receiver a GiB: plain by read + write and by sendfile, encrypted by OpenSSL from a buffer and from a mapping, and with a cipher that only authenticates',
    "the same with the kernel's TLS, by read + write and by sendfile, where the kernel has it",
  ],
  leavesOut: [
    'handshakes: they are made before the clock starts',
    'other ciphers, and processors without instructions for this one',
    'Java, which has its own code for it',
    'a network card that encrypts (TLS offload)',
    'files that are not in memory',
  ],
  needs: [
    { need: 'the OpenSSL of Node', without: 'nothing is encrypted in the program' },
    { need: 'kernel TLS (the module tls)', without: 'the rows of the kernel are left out' },
  ],
  variants: {
    'read-write': 'read + write',
    sendfile: 'sendfile',
    tls: 'read + TLS',
    'tls-mapped': 'mmap + TLS',
    integrity: 'read + integrity only',
    'kernel-tls': 'read + kernel TLS',
    'kernel-tls-sendfile': 'sendfile + kernel TLS',
  },
  tasks: Object.fromEntries(Object.entries(ways).map(([name, way]) => [name, task(name, way)])),
  baseline: 'read-write',
  answer: { shape: 'ratio', measure: 'totalCpuNs', per: 'GiB' },
  cost: { quick: { ...cost, seconds: 10 }, default: { ...cost, seconds: 20 }, full: { ...cost, seconds: 40 } },
  run: timeTasks(
    {
      quick: { rounds: 9, settings },
      default: { rounds: 21, settings },
      full: { rounds: 41, settings },
    },
    {
      async prepare(session) {
        const { bytes } = session.request;
        const size = bytes === null ? FILE_BYTES : Math.min(bytes, FILE_BYTES);
        warm(makeSourceFile(session.folder, size, session.request.seed).path);
        await startDrain(session);
      },
    },
  ),
});

export default lab;

runFile(import.meta, lab);
