/** Handing content to another process over AF_UNIX: its bytes, or the file that holds them. One task a way. */
import {
  addSeals,
  close,
  type Descriptor,
  DescriptorPost,
  findByte,
  ftruncate,
  Mapping,
  mapFile,
  memoryFile,
  pageSize,
  read,
  SyscallError,
  seals,
  sealsOf,
  socketPair,
  unmap,
  write,
} from '#libc';
import type { PreparedTask, Task } from './task.ts';

/** Hands the content over once and finds the byte that ends it. @returns where the receiver found it, in bytes */
type HandOver = () => number;

/** What every way starts from: both ends of a socket, and a sealed file in memory whose last byte alone is zero. */
interface Content {
  readonly bytes: number;
  readonly file: Descriptor;
  /** The sender's view of the file, which only reads it. */
  readonly mapped: Mapping;
  readonly sender: number;
  readonly receiver: number;
  readonly stack: DisposableStack;
}

/** Of the factor; what a page of this machine holds may be more. */
const PAGE_BYTES = 4096;
/** Bytes of a write: fewer than a socket of AF_UNIX takes while nobody reads (net.core.wmem_default). */
const CHUNK_BYTES = 64 * 1024;
/** What a receiver asks for before it trusts a file of somebody else's: it will not shrink under its mapping, nor change. */
const TRUSTED = seals.seal | seals.shrink | seals.grow | seals.write;

/** Writes the bytes into the socket, reads them out of it into memory of the receiver, and looks through them. */
export function sendBytes({ bytes, mapped, sender, receiver, stack }: Content): HandOver {
  const buffer = stack.use(Mapping.anonymous(bytes));
  return () => {
    for (let done = 0; done < bytes; ) {
      const sent = write(sender, mapped.address + done, Math.min(CHUNK_BYTES, bytes - done));
      if (sent < 0) throw new SyscallError('write', -sent);
      for (let got = 0; got < sent; ) {
        const result = read(receiver, buffer.address + done + got, sent - got);
        if (result <= 0) throw new SyscallError('read', -result);
        got += result;
      }
      done += sent;
    }
    return findByte(buffer.address, bytes, 0);
  };
}

/**
 * Passes the file's descriptor; the receiver checks its seals and maps it.
 * @param whole it looks through everything; otherwise at the last page only
 */
export const passFile =
  (whole: boolean) =>
  ({ bytes, file, sender, receiver, stack }: Content): HandOver => {
    const post = stack.use(new DescriptorPost());
    const from = whole ? 0 : Math.max(0, bytes - pageSize());
    return () => {
      post.send(sender, file.fd);
      const got = post.receive(receiver);
      if ((sealsOf(got) & TRUSTED) !== TRUSTED) throw new Error('Cannot trust the file: its seals are not on it');
      const address = mapFile(got, 0, bytes);
      if (address < 0) throw new SyscallError('mmap', -address);
      const found = findByte(address + from, bytes - from, 0);
      unmap(address, bytes);
      close(got);
      return from + found;
    };
  };

/** The task of one way: hands `pages` (a factor) of 4 KiB over that many times. */
export function passing(open: (content: Content) => HandOver, timesOf: (pages: number) => number): Task {
  return ({ factors }): PreparedTask => {
    using opening = new DisposableStack();
    const pages = Number(factors.pages);
    const times = timesOf(pages);
    const content = makeContent(pages * PAGE_BYTES, opening);
    const handOver = open(content);
    const found = handOver();
    const stack = opening.move();
    return {
      run() {
        for (let done = 0; done < times; done++)
          if (handOver() !== found) throw new Error('Cannot trust what was handed over: it changed');
        return { bytes: content.bytes * times, check: `ends at ${found}`, extra: { operations: times } };
      },
      [Symbol.dispose]: () => stack.dispose(),
    };
  };
}

function makeContent(bytes: number, stack: DisposableStack): Content {
  const file = stack.use(memoryFile('content', true));
  ftruncate(file.fd, bytes);
  {
    using writable = Mapping.ofFile(file.fd, 0, bytes, true);
    writable.view().fill(1);
    writable.view()[bytes - 1] = 0;
  }
  // Only now: while a writable mapping is there, writing cannot be sealed.
  const sealed = addSeals(file.fd, TRUSTED);
  if (sealed < 0) throw new SyscallError('fcntl(F_ADD_SEALS)', -sealed);
  const mapped = stack.use(Mapping.ofFile(file.fd, 0, bytes));
  const [one, other] = socketPair().map((end) => stack.use(end)) as [Descriptor, Descriptor];
  return { bytes, file, mapped, sender: one.fd, receiver: other.fd, stack };
}
