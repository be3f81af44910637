import { createServer, type Server, type TLSSocket } from 'node:tls';
import { listen } from '#libc';
import type { OpenChannel } from './channel.ts';
import { type CommonOptions, type Listener, prepare } from './listener.ts';
import { TlsChannel } from './tls-channel.ts';

/** A listener that encrypts: its key and certificate as PEM. */
export interface TlsOptions extends CommonOptions {
  readonly fetch: 'tls';
  readonly key: string;
  readonly certificate: string;
}

/** Accepts connections that Node encrypts. @throws {SyscallError} @throws {Error} for a key or certificate that is none */
export function listenTls(options: TlsOptions, accepted: (open: OpenChannel) => boolean): Listener {
  // Who is one too many is sent away: Node cannot leave a client in the queue.
  let full = false;
  const server: Server = createServer({ key: options.key, cert: options.certificate, noDelay: true });
  server.on('secureConnection', (socket: TLSSocket) => {
    if (full) socket.destroy();
    else full = !accepted((happened) => new TlsChannel(socket, happened));
  });
  // A client that does not manage to agree on a key is its own problem.
  server.on('tlsClientError', () => {});
  const { socket, address } = listen({ family: 'inet', host: options.host ?? '127.0.0.1', port: options.port });
  using own = socket;
  prepare(own.fd, options);
  server.listen({ fd: own.duplicate() });
  return {
    host: options.host ?? '127.0.0.1',
    port: address.family === 'inet' ? address.port : 0,
    fetch: 'tls',
    resume() {
      full = false;
    },
    [Symbol.dispose]: () => void server.close(),
  };
}
