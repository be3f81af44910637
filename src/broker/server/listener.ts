import { acceptNow, type Descriptor, listen, setCongestionControl, setNonBlocking, setOption, Watch } from '#libc';
import { type FetchPath, type FetchPathName, fetchPaths } from '../fetch/index.ts';

/** Where a broker listens, and how it sends what is fetched there. */
export interface ListenerOptions {
  /** IPv4; this machine alone unless something else is said. */
  readonly host?: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly fetch: FetchPathName;
  /** Bytes of each connection's send buffer [socket.send.buffer.bytes]; without it the kernel adapts it. */
  readonly sendBufferBytes?: number;
  /** Congestion control of each connection; without it the machine's. */
  readonly congestionControl?: string;
}

/** How long nothing is accepted after the process or the machine ran out of descriptors or memory, milliseconds. */
const PAUSE_MS = 500;
const READABLE = { readable: true };

/** Accepts connections on one address, and gives every one the same socket options whatever its fetch path. */
export class Listener implements Disposable {
  readonly host: string;
  readonly port: number;
  readonly path: FetchPath;
  readonly #options: ListenerOptions;
  readonly #socket: Descriptor;
  readonly #watch: Watch;
  #pause: NodeJS.Timeout | undefined;

  /**
   * @param accepted takes a connection over; false: there is room for no more, until resume()
   * @throws {SyscallError} EADDRINUSE, EACCES, EADDRNOTAVAIL …
   */
  constructor(options: ListenerOptions, accepted: (socket: Descriptor, path: FetchPath) => boolean) {
    const { socket, address } = listen({ family: 'inet', host: options.host ?? '127.0.0.1', port: options.port });
    if (address.family !== 'inet') throw new TypeError('Expected an AF_INET socket');
    this.host = address.host ?? '127.0.0.1';
    this.port = address.port;
    this.path = fetchPaths[options.fetch]();
    this.#options = options;
    this.#socket = socket;
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
    this.path[Symbol.dispose]();
  }

  #acceptAll(accepted: (socket: Descriptor, path: FetchPath) => boolean): void {
    try {
      for (let socket = acceptNow(this.#socket.fd); socket; socket = acceptNow(this.#socket.fd)) {
        this.#prepare(socket);
        if (accepted(socket, this.path)) continue;
        this.#watch.until(null);
        break;
      }
    } catch {
      // EMFILE and its like: who waits in the queue stays there, and is asked for again later.
      this.#watch.until(null);
      this.#pause = setTimeout(() => this.resume(), PAUSE_MS);
    }
  }

  #prepare({ fd }: Descriptor): void {
    setOption(fd, 'TCP_NODELAY', 1);
    const { sendBufferBytes, congestionControl } = this.#options;
    if (sendBufferBytes !== undefined) setOption(fd, 'SO_SNDBUF', sendBufferBytes);
    if (congestionControl !== undefined) setCongestionControl(fd, congestionControl);
  }
}
