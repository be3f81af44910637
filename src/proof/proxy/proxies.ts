/** What stands between two sockets: a program that passes on what comes in. */
import { Mapping, openPipe, recv, SyscallError, send, spliceFromSocket, spliceOut } from '#libc';

/** Passes bytes on from one socket to another. */
export interface Relay extends Disposable {
  /** Calls made so far, by name. */
  readonly calls: Readonly<Record<string, number>>;
  /** Passes on exactly `count` bytes that have come in, or will. */
  pass(count: number): void;
}

/** @param chunk bytes asked for in one call, at most */
export type OpenRelay = (from: number, to: number, chunk: number) => Relay;

/** recv(2) into a buffer, send(2) from it: the CPU copies every byte twice. */
export const copyingProxy: OpenRelay = (from, to, chunk) => {
  const buffer = Mapping.anonymous(chunk);
  const calls = { recv: 0, send: 0 };
  return {
    calls,
    pass(count) {
      for (let done = 0; done < count; ) {
        calls.recv++;
        const got = checked('recv', recv(from, buffer.address, Math.min(chunk, count - done)));
        for (let put = 0; put < got; ) {
          calls.send++;
          put += checked('send', send(to, buffer.address + put, got - put));
        }
        done += got;
      }
    },
    [Symbol.dispose]: () => buffer[Symbol.dispose](),
  };
};

/** splice(2) from the socket into a pipe and from the pipe into the other socket: references to pages all the way. */
export const splicingProxy: OpenRelay = (from, to, chunk) => {
  // What comes in may lie in more pages than its bytes would fill.
  const pipe = openPipe(4 * chunk);
  const calls = { splice: 0 };
  return {
    calls,
    pass(count) {
      for (let done = 0; done < count; ) {
        calls.splice++;
        const got = checked('splice', spliceFromSocket(from, pipe.writeEnd, Math.min(chunk, count - done)));
        for (let put = 0; put < got; ) {
          calls.splice++;
          put += checked('splice', spliceOut(pipe.readEnd, to, got - put));
        }
        done += got;
      }
    },
    [Symbol.dispose]: () => pipe[Symbol.dispose](),
  };
};

function checked(call: string, result: number): number {
  if (result < 0) throw new SyscallError(call, -result);
  if (result === 0) throw new Error(`Cannot pass on: ${call} found the end of the stream`);
  return result;
}
