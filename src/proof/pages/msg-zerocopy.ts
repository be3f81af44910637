import { EOPNOTSUPP, Mapping, MSG_ZEROCOPY, SyscallError, send, setOption } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { stepOf, type Technique } from '#transfer/mover.ts';

/**
 * send(2) with MSG_ZEROCOPY from a mapping of the file: the kernel pins the user's pages, which here are the file's own,
 * instead of copying them. On loopback it copies them after all, before the receiver gets them, and says so in its
 * completion (skb_orphan_frags_rx; Documentation/networking/msg_zerocopy.rst).
 */
export const zeroCopySend: Technique = {
  id: 'msg-zerocopy',
  open(source, sink, chunk) {
    allow(sink.fd);
    const mapping = Mapping.ofFile(source.fd, 0, source.bytes);
    const calls = { mmap: 1, send: 0 };
    return {
      calls,
      step(offset, count) {
        if (offset >= source.bytes) return 'ended';
        calls.send++;
        const sent = send(sink.fd, mapping.address + offset, Math.min(count, chunk), MSG_ZEROCOPY);
        return sent < 0 ? stepOf('send', sent) : sent;
      },
      [Symbol.dispose]() {
        mapping[Symbol.dispose]();
      },
    };
  },
};

/** SO_ZEROCOPY must be set first. AF_UNIX has none. @throws {CannotRunHere} */
function allow(fd: number): void {
  try {
    setOption(fd, 'SO_ZEROCOPY', 1);
  } catch (error) {
    const cause = error instanceof CannotRunHere ? error.cause : error;
    if (cause instanceof SyscallError && cause.errno === EOPNOTSUPP) {
      throw new CannotRunHere('msg-zerocopy-unix', {}, { cause });
    }
    throw error;
  }
}
