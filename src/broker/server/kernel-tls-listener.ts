import { identityOf, type Suite, TlsContext } from '#libc';
import { tryKernelTls } from '#machine/kernel-tls.ts';
import type { OpenChannel } from './channel.ts';
import { kernelTlsChannel } from './kernel-tls-channel.ts';
import { type CommonOptions, type Listener, SocketListener } from './listener.ts';

/** A listener that lets the kernel encrypt, and sends what is fetched by sendfile: its key and certificate as PEM. */
export interface KernelTlsOptions extends CommonOptions {
  readonly fetch: 'kernel-tls';
  readonly key: string;
  readonly certificate: string;
}

/** What it asks of a client: every kernel with TLS 1.3 has this cipher, and every client that knows TLS 1.3. */
const suite: Suite = { version: '1.3', cipher: 'TLS_AES_128_GCM_SHA256' };

/**
 * Accepts connections whose keys are given to the kernel when the handshake is made.
 * @throws {CannotRunHere} where the kernel has no TLS @throws {SyscallError}
 * @throws {Error} for a key or certificate that is none
 */
export function listenKernelTls(options: KernelTlsOptions, accepted: (open: OpenChannel) => boolean): Listener {
  const identity = identityOf(options);
  tryKernelTls(suite);
  using undo = new DisposableStack();
  const context = undo.use(new TlsContext(suite, identity));
  const sockets = undo.use(
    new SocketListener({ ...options, fetch: 'sendfile' }, accepted, (socket, path) =>
      kernelTlsChannel(socket, path, context),
    ),
  );
  const all = undo.move();
  return {
    host: sockets.host,
    port: sockets.port,
    fetch: 'kernel-tls',
    resume: () => sockets.resume(),
    [Symbol.dispose]: () => all.dispose(),
  };
}
