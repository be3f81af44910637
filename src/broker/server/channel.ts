import {
  type Descriptor,
  type Happened,
  localAddress,
  MSG_MORE,
  recvBytes,
  sendBytes,
  type Waiting,
  Watch,
} from '#libc';
import { type Step, stepOf } from '#transfer/mover.ts';
import type { FetchPath, SliceSender } from '../fetch/index.ts';

/** How the bytes of one connection come and go. */
export interface Channel extends Disposable {
  /** The end that is here. */
  readonly host: string;
  readonly port: number;
  /** As recv(2): bytes, 0 when the client has finished, or a negative errno. */
  receive(into: Uint8Array): number;
  /** Sends bytes of ours. @param more others follow at once */
  write(bytes: Buffer, more: boolean): Step;
  /** What sends slices of log files. */
  openSender(): SliceSender;
  /** Waits for this from now on, and for nothing else; null: for nothing. */
  until(waiting: Waiting | null): void;
}

/** Makes the channel of a connection, and has it told what happened. */
export type OpenChannel = (happened: (what: Happened) => void) => Channel;

/** A non-blocking socket of our own. */
export function socketChannel(socket: Descriptor, path: FetchPath): OpenChannel {
  return (happened) => {
    const watch = new Watch(socket.fd, happened);
    return {
      ...localAddress(socket.fd),
      receive: (into) => recvBytes(socket.fd, into),
      write(bytes, more) {
        // MSG_MORE holds a header back until what follows it fills the segment; send(2).
        const sent = sendBytes(socket.fd, bytes, more ? MSG_MORE : 0);
        return sent < 0 ? stepOf('send', sent) : sent;
      },
      openSender: () => path.open(socket),
      until: (waiting) => watch.until(waiting),
      [Symbol.dispose]() {
        watch[Symbol.dispose]();
        socket[Symbol.dispose]();
      },
    };
  };
}
