/** How the bytes that a task sends to the drain are protected on their way, and both ends of such a connection. */
import { decryptReceiving, ECONNRESET, encryptSending, recv, type Suite, selfSigned, TlsContext, write } from '#libc';
import { tryKernelTls } from '#machine/kernel-tls.ts';

/**
 * `none`. `tls`: encrypted by OpenSSL in the program. `integrity`: authenticated by it and not encrypted, RFC 5246, appendix C.
 * `kernel-tls`: encrypted by the kernel, with a secret that both ends are told.
 */
export const protections = ['none', 'tls', 'integrity', 'kernel-tls'] as const;
export type Protection = (typeof protections)[number];

/** The one cipher of which every kernel with TLS has the same; and the only kind without any, which TLS 1.3 gave up. */
const suites: Partial<Record<Protection, Suite>> = {
  tls: { version: '1.3', cipher: 'TLS_AES_128_GCM_SHA256' },
  integrity: { version: '1.2', cipher: 'ECDHE-ECDSA-NULL-SHA' },
};
const version = '1.3';

/** The end that sends. */
export interface SendingEnd extends Disposable {
  /** write(2), or what stands in its place. @returns bytes that were taken, or a negative errno */
  write(address: number, count: number): number;
}

/** The end that receives. */
export interface ReceivingEnd extends Disposable {
  /** recv(2), or what stands in its place. @returns bytes that came, 0 at the end, or a negative errno */
  receive(address: number, count: number): number;
}

/** @throws {CannotRunHere} where bytes cannot be protected so: to be asked before the other end is told */
export function tryProtection(protection: Protection): void {
  if (protection === 'kernel-tls') tryKernelTls({ version });
  const suite = suites[protection];
  if (suite) new TlsContext(suite, null)[Symbol.dispose]();
}

/**
 * Makes the handshake as the server of it, as a broker would, or gives the kernel the secret.
 * @throws {CannotRunHere}
 */
export function openSending(fd: number, protection: Protection, secret: string): SendingEnd {
  const suite = suites[protection];
  if (suite) {
    using context = new TlsContext(suite, selfSigned());
    return context.open(fd);
  }
  if (protection === 'kernel-tls') encryptSending(fd, { version, secret });
  return { write: (address, count) => write(fd, address, count), [Symbol.dispose]() {} };
}

/**
 * @param most bytes that the reader takes at once
 * @returns null when the end that sends did not go through with its handshake
 */
export function openReceiving(
  fd: number,
  { protection, secret }: { readonly protection: Protection; readonly secret: string },
  most: number,
): ReceivingEnd | null {
  const suite = suites[protection];
  if (suite) return decrypting(fd, suite, most);
  if (protection === 'kernel-tls') decryptReceiving(fd, { version, secret });
  return { receive: (address, count) => recv(fd, address, count), [Symbol.dispose]() {} };
}

function decrypting(fd: number, suite: Suite, most: number): ReceivingEnd | null {
  try {
    using context = new TlsContext(suite, null);
    context.readAhead(most);
    const connection = context.open(fd);
    return {
      receive(address, count) {
        try {
          return connection.read(address, count);
        } catch {
          return -ECONNRESET;
        }
      },
      [Symbol.dispose]: () => connection[Symbol.dispose](),
    };
  } catch {
    return null;
  }
}
