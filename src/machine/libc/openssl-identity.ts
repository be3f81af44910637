/** Who a server says it is: a key and a certificate, in the form in which OpenSSL takes them. X509_sign(3). */
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { bindOpenssl } from './load.ts';
import { Mapping } from './memory.ts';

type OfPointer = (pointer: number) => number;
const x509New = bindOpenssl<() => number>('X509_new', 'pointer', []);
const x509Free = bindOpenssl<(certificate: number) => void>('X509_free', 'void', ['pointer']);
const serialNumber = bindOpenssl<OfPointer>('X509_get_serialNumber', 'pointer', ['pointer']);
const notBefore = bindOpenssl<OfPointer>('X509_getm_notBefore', 'pointer', ['pointer']);
const notAfter = bindOpenssl<OfPointer>('X509_getm_notAfter', 'pointer', ['pointer']);
type SetNumber = (target: number, value: number) => number;
const setInteger = bindOpenssl<SetNumber>('ASN1_INTEGER_set', 'int', ['pointer', 'long']);
const setTime = bindOpenssl<SetNumber>('X509_gmtime_adj', 'pointer', ['pointer', 'long']);
const setPublicKey = bindOpenssl<SetNumber>('X509_set_pubkey', 'int', ['pointer', 'pointer']);
type Sign = (certificate: number, key: number, digest: number) => number;
const sign = bindOpenssl<Sign>('X509_sign', 'int', ['pointer', 'pointer', 'pointer']);
const sha256 = bindOpenssl<() => number>('EVP_sha256', 'pointer', []);
type Decode = (into: number, from: number, length: number) => number;
const decodeKey = bindOpenssl<Decode>('d2i_AutoPrivateKey', 'pointer', ['pointer', 'pointer', 'long']);
const decodeCertificate = bindOpenssl<Decode>('d2i_X509', 'pointer', ['pointer', 'pointer', 'long']);
const freeKey = bindOpenssl<(key: number) => void>('EVP_PKEY_free', 'void', ['pointer']);
type Encode = (certificate: number, into: number) => number;
const encode = bindOpenssl<Encode>('i2d_X509', 'int', ['pointer', 'pointer']);

export interface Identity {
  /** EVP_PKEY_id of the key, include/openssl/evp.h. */
  readonly kind: number;
  /** PKCS #8, DER. */
  readonly key: Buffer;
  /** X.509 of the server itself, DER. */
  readonly certificate: Buffer;
  /** Of who signed it, one after the other. */
  readonly chain: readonly Buffer[];
}

const kinds: Readonly<Record<string, number>> = { rsa: 6, ec: 408, ed25519: 1087 };
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;
const DAY_SECONDS = 86_400;
const POINTER_BYTES = 8;

/**
 * A new key, and a certificate that nobody has signed but it: for a connection whose other end does not ask who this is.
 * @throws {CannotRunHere} where Node's OpenSSL cannot be reached
 */
export function selfSigned(): Identity {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const der = privateKey.export({ type: 'pkcs8', format: 'der' });
  const key = keyOf(der);
  const certificate = x509New();
  try {
    setInteger(serialNumber(certificate), 1);
    setTime(notBefore(certificate), -DAY_SECONDS);
    setTime(notAfter(certificate), DAY_SECONDS);
    setPublicKey(certificate, key);
    if (sign(certificate, key, sha256()) === 0) throw new Error('Cannot make a certificate: OpenSSL did not sign it');
    return { kind: kinds.ec as number, key: der, certificate: encoded(certificate), chain: [] };
  } finally {
    x509Free(certificate);
    freeKey(key);
  }
}

/** The same from PEM, as files hold it. @throws {Error} for a key or certificate that is none */
export function identityOf(pem: { readonly key: string; readonly certificate: string }): Identity {
  const key = createPrivateKey(pem.key);
  const kind = kinds[key.asymmetricKeyType ?? ''];
  if (kind === undefined)
    throw new Error(`Cannot use a key of kind '${key.asymmetricKeyType}': ${Object.keys(kinds).join(', ')} expected`);
  const [certificate, ...chain] = (pem.certificate.match(CERTIFICATE) ?? ['']).map(
    (one) => new X509Certificate(one).raw,
  );
  return { kind, key: key.export({ type: 'pkcs8', format: 'der' }), certificate: certificate as Buffer, chain };
}

/** OpenSSL's own object for a certificate, which whoever takes it over frees. */
export function certificateOf(der: Buffer): number {
  return decoded(decodeCertificate, der);
}

/** OpenSSL's own object for a key, which the caller frees. */
function keyOf(der: Buffer): number {
  return decoded(decodeKey, der);
}

function decoded(decode: Decode, der: Buffer): number {
  using memory = Mapping.anonymous(POINTER_BYTES + der.length);
  // It takes a pointer to a pointer, and moves that on.
  memory.view().writeBigUInt64LE(BigInt(memory.address + POINTER_BYTES), 0);
  der.copy(memory.view(), POINTER_BYTES);
  return decode(0, memory.address, der.length);
}

function encoded(certificate: number): Buffer {
  const length = encode(certificate, 0);
  using memory = Mapping.anonymous(POINTER_BYTES + length);
  memory.view().writeBigUInt64LE(BigInt(memory.address + POINTER_BYTES), 0);
  encode(certificate, memory.address);
  return Buffer.from(memory.view().subarray(POINTER_BYTES));
}
