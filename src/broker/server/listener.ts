import { acceptNow, type Descriptor, listen, setCongestionControl, setNonBlocking, setOption, Watch } from '#libc';
import { type FetchPath, type FetchPathName, fetchPaths } from '../fetch/index.ts';
import { type OpenChannel, socketChannel } from './channel.ts';

/** Where a broker listens. */
export interface CommonOptions {
  /** IPv4; this machine alone unless something else is said. */
  readonly host?: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Bytes of each connection's send buffer [socket.send.buffer.bytes]; without it the kernel adapts it. */
  readonly sendBufferBytes?: number;
  /** Congestion control of each connection; without it the machine's. */
  readonly congestionControl?: string;
}

export interface SocketOptions extends CommonOptions {
  /** How it sends what is fetched there. */
  readonly fetch: FetchPathName;
}

/** Accepts connections on one address. */
export interface Listener extends Disposable {
  readonly host: string;
  readonly port: number;
  readonly fetch: FetchPathName | 'tls' | 'kernel-tls';
  /** There is room for more connections again. */
  resume(): void;
}

/** Sets the options that every accepted socket inherits, whatever its fetch path: they weigh more than the path does. */
export function prepare(fd: number, { sendBufferBytes, congestionControl }: CommonOptions): void {
  setOption(fd, 'TCP_NODELAY', 1);
  if (sendBufferBytes !== undefined) setOption(fd, 'SO_SNDBUF', sendBufferBytes);
  if (congestionControl !== undefined) setCongestionControl(fd, congestionControl);
}

/** Makes an accepted socket, which does not block, a channel. */
export type MakeChannel = (socket: Descriptor, path: FetchPath) => OpenChannel;

/** How long nothing is accepted after the process or the machine ran out of descriptors or memory, milliseconds. */
const PAUSE_MS = 500;
const READABLE = { readable: true };

/** Accepts sockets of our own, which send by a fetch path. */
export class SocketListener implements Listener {
  readonly host: string;
  readonly port: number;
  readonly fetch: FetchPathName;
  readonly #path: FetchPath;
  readonly #channel: MakeChannel;
  readonly #socket: Descriptor;
  readonly #watch: Watch;
  #pause: NodeJS.Timeout | undefined;

  /**
   * @param accepted takes a connection over; false: there is room for no more, until resume()
   * @throws {SyscallError} EADDRINUSE, EACCES, EADDRNOTAVAIL …
   */
  constructor(options: SocketOptions, accepted: (open: OpenChannel) => boolean, channel: MakeChannel = socketChannel) {
    const { host = '127.0.0.1', port, fetch } = options;
    const { socket, address } = listen({ family: 'inet', host, port });
    this.host = host;
    this.port = address.family === 'inet' ? address.port : port;
    this.fetch = fetch;
    this.#path = fetchPaths[fetch]();
    this.#channel = channel;
    this.#socket = socket;
    prepare(socket.fd, options);
    setNonBlocking(socket.fd, true);
    this.#watch = new Watch(socket.fd, () => this.#acceptAll(accepted));
    this.#watch.until(READABLE);
  }

  resume(): void {
    clearTimeout(this.#pause);
    this.#watch.until(READABLE);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#pause);
    this.#watch[Symbol.dispose]();
    this.#socket[Symbol.dispose]();
    this.#path[Symbol.dispose]();
  }

  #acceptAll(accepted: (open: OpenChannel) => boolean): void {
    try {
      for (let socket = acceptNow(this.#socket.fd); socket; socket = acceptNow(this.#socket.fd)) {
        if (accepted(this.#channel(socket, this.#path))) continue;
        this.#watch.until(null);
        break;
      }
    } catch {
      // EMFILE and its like: who waits in the queue stays there, and is asked for again later.
      this.#watch.until(null);
      this.#pause = setTimeout(() => this.resume(), PAUSE_MS);
    }
  }
}
