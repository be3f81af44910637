import { randomBytes } from 'node:crypto';
import { accept, connect, decryptReceiving, encryptSending, type KernelTls, listen, SECRET_BYTES } from '#libc';
import { addressFor } from './links.ts';

/** A secret for one connection. Two connections must never share one: AES-GCM is broken by a nonce that comes twice. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('hex');
}

/**
 * Lets the kernel encrypt and decrypt one connection, on which nothing is sent, to find out whether it can.
 * @throws {CannotRunHere} where it cannot
 */
export function tryKernelTls(asked: Omit<KernelTls, 'secret'>): void {
  const tls = { ...asked, secret: newSecret() };
  const { socket, address } = listen(addressFor('tcp'));
  using listener = socket;
  using sending = connect(address);
  using receiving = accept(listener.fd);
  encryptSending(sending.fd, tls);
  decryptReceiving(receiving.fd, tls);
}
