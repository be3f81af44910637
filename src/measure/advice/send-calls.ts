/** How often a server has to call sendfile for one file, as the send buffer is set or left to the kernel: tcp(7), socket(7). */
import { join } from 'node:path';
import { accept, connect, EAGAIN, listen, Mapping, MSG_TRUNC, open, recv, SyscallError, setNonBlocking } from '#libc';
import { addressFor, type Link, prepare } from '#machine/links.ts';
import { sendfile } from '#transfer/sendfile.ts';
import type { Task } from '../task.ts';

/** Most that is asked of one sendfile, bytes: the whole file. */
const WHOLE = 2 ** 30;

/** Sends a file from a socket that does not wait, to a receiver that takes everything whenever the sender has to wait. */
export function sendCalls(link: Link, bytes: number): Task {
  return ({ folder }) => {
    const stack = new DisposableStack();
    const file = stack.use(open(join(folder, 'source.bin')));
    const { socket, address } = listen(addressFor(link));
    using listener = socket;
    const sender = stack.use(connect(address, (fd) => prepare(fd, link, 'reno')));
    const receiver = stack.use(accept(listener.fd));
    const buffer = stack.use(Mapping.anonymous(2 ** 20));
    setNonBlocking(sender.fd, true);
    setNonBlocking(receiver.fd, true);
    return {
      run() {
        using mover = sendfile.open({ fd: file.fd, bytes }, sender, WHOLE);
        let received = 0;
        for (let sent = 0; sent < bytes || received < bytes; ) {
          const step = sent < bytes ? mover.step(sent, bytes - sent) : 'again';
          if (typeof step === 'number') sent += step;
          else if (step !== 'again') throw new Error(`Cannot send ${bytes} bytes: ${step} after ${sent}`);
          else received += drain(receiver.fd, buffer);
        }
        return {
          bytes,
          check: `${received} bytes`,
          calls: mover.calls,
          extra: { sendCalls: Object.values(mover.calls).reduce((sum, one) => sum + one, 0) },
        };
      },
      [Symbol.dispose]: () => stack.dispose(),
    };
  };
}

/** Takes what has arrived. @returns bytes */
function drain(socket: number, into: Mapping): number {
  let taken = 0;
  for (;;) {
    const got = recv(socket, into.address, into.length, MSG_TRUNC);
    if (got === -EAGAIN) return taken;
    if (got <= 0) throw new SyscallError('recv', -got);
    taken += got;
  }
}
