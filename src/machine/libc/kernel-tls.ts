/** Kernel TLS: the records of a TCP connection made and opened by the kernel. Documentation/networking/tls.rst. */
import { CannotRunHere } from '../cannot-run.ts';
import { EEXIST, EINVAL, ENOENT, ENOPROTOOPT, EOPNOTSUPP, refusal, SyscallError } from './errno.ts';
import { setStruct } from './socket-options.ts';

export type TlsVersion = '1.2' | '1.3';

/** What both ends of a connection must agree on before they encrypt. A handshake would find it; here they are told. */
export interface KernelTls {
  readonly version: TlsVersion;
  /** Key, salt, nonce and first record number of AES-128-GCM: SECRET_BYTES, in hexadecimal. */
  readonly secret: string;
  /** TLS_TX_ZEROCOPY_RO (Linux 5.19): a network card that encrypts may read the pages of sendfile(2) themselves. */
  readonly zeroCopySendfile?: boolean;
  /** TLS_RX_EXPECT_NO_PAD (Linux 6.0): the receiver of TLS 1.3 may decrypt to where the reader wants the bytes. */
  readonly expectNoPadding?: boolean;
}

const IPPROTO_TCP = 6;
const TCP_ULP = 31;
const SOL_TLS = 282;
/** include/uapi/linux/tls.h. */
const TLS_TX = 1;
const TLS_RX = 2;
const TLS_TX_ZEROCOPY_RO = 3;
const TLS_RX_EXPECT_NO_PAD = 4;
const TLS_CIPHER_AES_GCM_128 = 51;
const versions: Record<TlsVersion, number> = { '1.2': 0x0303, '1.3': 0x0304 };

const IV_BYTES = 8;
const KEY_BYTES = 16;
const SALT_BYTES = 4;
const SEQUENCE_BYTES = 8;
const HEADER_BYTES = 4;

/** Bytes of the secret that both ends share. */
export const SECRET_BYTES = IV_BYTES + KEY_BYTES + SALT_BYTES + SEQUENCE_BYTES;

/**
 * struct tls12_crypto_info_aes_gcm_128: version and cipher as 16-bit numbers, then iv[8], key[16], salt[4], rec_seq[8].
 * TLS 1.3 takes the same.
 */
export function cryptoInfo({ version, secret }: Pick<KernelTls, 'version' | 'secret'>): Buffer {
  const bytes = Buffer.from(secret, 'hex');
  if (bytes.length !== SECRET_BYTES || secret.length !== 2 * SECRET_BYTES) {
    throw new RangeError(
      `Cannot use a secret of ${secret.length} digits: expected ${2 * SECRET_BYTES} hexadecimal ones`,
    );
  }
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt16LE(versions[version], 0);
  header.writeUInt16LE(TLS_CIPHER_AES_GCM_128, 2);
  return Buffer.concat([header, bytes]);
}

/**
 * From here on, whatever is written to this connected TCP socket leaves it as TLS records.
 * @throws {CannotRunHere} where the kernel has no TLS, or not this version or option
 */
export function encryptSending(fd: number, tls: KernelTls): void {
  attach(fd);
  set(fd, TLS_TX, cryptoInfo(tls), `TLS_TX, TLS ${tls.version}`, tls.version === '1.3' ? '5.1' : '4.13');
  if (tls.zeroCopySendfile) set(fd, TLS_TX_ZEROCOPY_RO, flag(), 'TLS_TX_ZEROCOPY_RO', '5.19');
}

/**
 * From here on, whatever is read from this connected TCP socket was decrypted by the kernel.
 * @throws {CannotRunHere} where the kernel has no TLS, or not this version or option
 */
export function decryptReceiving(fd: number, tls: KernelTls): void {
  attach(fd);
  set(fd, TLS_RX, cryptoInfo(tls), `TLS_RX, TLS ${tls.version}`, tls.version === '1.3' ? '5.1' : '4.17');
  if (tls.expectNoPadding) set(fd, TLS_RX_EXPECT_NO_PAD, flag(), 'TLS_RX_EXPECT_NO_PAD', '6.0');
}

/** Gives the socket to the module `tls`, which the kernel loads by itself where it may. */
function attach(fd: number): void {
  const result = setStruct(fd, IPPROTO_TCP, TCP_ULP, Buffer.from('tls'));
  // EEXIST: it has it already, for the other direction.
  if (result >= 0 || result === -EEXIST) return;
  const failure = new SyscallError('setsockopt(TCP_ULP, tls)', -result);
  if (result === -ENOENT) throw new CannotRunHere('no-kernel-tls', { errno: failure.code }, { cause: failure });
  throw refusal('setsockopt(TCP_ULP, tls)', -result);
}

function set(fd: number, option: number, value: Buffer, what: string, since: string): void {
  const result = setStruct(fd, SOL_TLS, option, value);
  if (result >= 0) return;
  const call = `setsockopt(${what})`;
  const failure = new SyscallError(call, -result);
  if (result === -ENOENT) throw new CannotRunHere('no-kernel-cipher', { cipher: 'gcm(aes)' }, { cause: failure });
  if (!absent.has(-result)) throw refusal(call, -result);
  throw new CannotRunHere('no-kernel-feature', { call, errno: failure.code, since }, { cause: failure });
}

/** How a kernel says that it knows no such option, version or cipher. */
const absent = new Set([EINVAL, ENOPROTOOPT, EOPNOTSUPP]);

function flag(): Buffer {
  const value = Buffer.alloc(4);
  value.writeUInt32LE(1);
  return value;
}
