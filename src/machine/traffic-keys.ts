import { createHmac } from 'node:crypto';

const KEY_BYTES = 16;
const NONCE_BYTES = 12;
const SALT_BYTES = 4;
/** The first record after the handshake has number 0. */
const FIRST_RECORD = Buffer.alloc(8);

/**
 * What the kernel must be told to encrypt, or decrypt, one direction of a TLS 1.3 connection from its first record on:
 * KernelTls's `secret` for TLS_AES_128_GCM_SHA256, from the traffic secret of that direction. RFC 8446, section 7.3.
 */
export function kernelSecret(trafficSecret: string): string {
  const secret = Buffer.from(trafficSecret, 'hex');
  const key = expandLabel(secret, 'key', KEY_BYTES);
  const nonce = expandLabel(secret, 'iv', NONCE_BYTES);
  // The kernel keeps the first four bytes of the nonce apart, as TLS 1.2 does.
  const [salt, iv] = [nonce.subarray(0, SALT_BYTES), nonce.subarray(SALT_BYTES)];
  return Buffer.concat([iv, key, salt, FIRST_RECORD]).toString('hex');
}

/** HKDF-Expand-Label with an empty context and SHA-256, for no more bytes than one hash has; RFC 8446, section 7.1. */
function expandLabel(secret: Buffer, label: string, bytes: number): Buffer {
  const full = `tls13 ${label}`;
  const info = Buffer.from([bytes >> 8, bytes & 0xff, full.length, ...Buffer.from(full), 0]);
  // HKDF-Expand, RFC 5869: the first block ends in its number.
  return createHmac('sha256', secret)
    .update(info)
    .update(Buffer.from([1]))
    .digest()
    .subarray(0, bytes);
}
