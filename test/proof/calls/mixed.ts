/**
 * Program for mixed.trace.test.ts: sends parts of one file in every way there is, from threads and children, over TCP and
 * AF_UNIX. Its plan is the test's expectation: `part` bytes each, at the offset that stands beside it.
 */
import { fork } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import {
  connect,
  Descriptor,
  finishSending,
  listen,
  Mapping,
  OffsetCell,
  open,
  openPipe,
  pread,
  send,
  sendfile,
  socketPair,
  spliceIn,
  spliceOut,
  write,
  writev,
} from '../../../src/machine/libc/index.ts';

const [, , path, role, given] = process.argv as [string, string, string, string | undefined, string | undefined];
const PART = 5000;

if (role === 'child') {
  // A child of its own, with a descriptor that it inherited under another number.
  all(PART, (done) => write(Number(given), buffer(8 * PART).address + done, PART - done));
} else {
  await main();
}

/** Repeats a call until everything went. */
function all(count: number, call: (done: number) => number): void {
  for (let done = 0; done < count; ) {
    const moved = call(done);
    if (moved < 0) throw new Error(`Cannot go on after ${done} bytes: errno ${-moved}`);
    done += moved;
  }
}

/** `PART` bytes of the file in memory. */
function buffer(offset: number): Mapping {
  using file = open(path);
  const memory = Mapping.anonymous(PART);
  all(PART, (done) => pread(file.fd, memory.address + done, PART - done, offset + done));
  return memory;
}

async function main(): Promise<void> {
  using file = open(path);
  const { socket: listener, address } = listen({ family: 'inet', port: 0 });
  const tcp = connect(address);
  const [unix, far] = socketPair();
  using cell = new OffsetCell();
  const readers = [listener.fd, far.fd].map(
    (fd, at) => new Worker(new URL('./draining-worker.ts', import.meta.url), { workerData: { fd, accepts: at === 0 } }),
  );
  const read = readers.map((reader) => new Promise((done) => reader.once('exit', done)));

  // sendfile over TCP, splice over AF_UNIX.
  cell.set(0);
  all(PART, (done) => sendfile(tcp.fd, file.fd, cell, PART - done));
  using pipe = openPipe(65_536);
  cell.set(PART);
  all(PART, (done) => spliceIn(file.fd, cell, pipe.writeEnd, PART - done));
  all(PART, (done) => spliceOut(pipe.readEnd, unix.fd, PART - done));

  // A header of our own and a part of the file in one writev; then a part of a mapping from its middle.
  const header = Mapping.anonymous(100);
  randomFillSync(header.view());
  const second = buffer(2 * PART);
  const sent = writev(tcp.fd, [header, second]);
  if (sent !== PART + 100) throw new Error(`Expected writev to take everything, it took ${sent}`);
  using mapping = Mapping.ofFile(file.fd, 0, 12 * PART);
  all(PART, (done) => write(unix.fd, mapping.address + 3 * PART + done, PART - done));

  // Read here, copied to another place by hand, sent in slices: send(2) is sendto(2).
  const read4 = buffer(4 * PART);
  const moved = Mapping.anonymous(PART);
  moved.view().set(read4.view());
  for (let slice = 0; slice < PART; slice += 1000)
    all(1000, (done) => send(tcp.fd, moved.address + slice + done, 1000 - done));

  // A number that is closed and used again: the file goes to AF_UNIX under the number that was a TCP socket.
  const number = tcp.duplicate();
  new Descriptor(number)[Symbol.dispose]();
  const again = unix.duplicate();
  cell.set(5 * PART);
  all(PART, (done) => sendfile(again, file.fd, cell, PART - done));
  new Descriptor(again)[Symbol.dispose]();

  // From a thread, and from a child that inherits the AF_UNIX socket as its descriptor 4.
  const thread = new Worker(new URL('./mixed-worker.ts', import.meta.url), {
    workerData: { path, fd: tcp.fd, offset: 6 * PART, part: PART },
  });
  await new Promise((done) => thread.once('exit', done));
  const child = fork(process.argv[1] as string, [path, 'child', '4'], { stdio: [0, 1, 2, 'ipc', unix.fd] });
  const code = await new Promise((done) => child.once('exit', done));
  if (code !== 0) throw new Error(`Expected the child to end with 0, it ended with ${code}`);

  finishSending(tcp.fd);
  finishSending(unix.fd);
  await Promise.all(read);
}
