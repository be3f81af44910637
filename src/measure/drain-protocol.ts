/**
 * What tasks that send to a socket and the draining process (drain-process.ts) say to each other, on the connection itself.
 *
 * An order, before the payload:  u64 bytes of an answer, u64 answers, u64 1 when each answer is to be asked for with one
 *                                byte, u64 1 when the bytes are to be hashed, u64 how the payload is protected (its place
 *                                in `protections`), 36 bytes secret of the kernel's TLS or zeros
 * The receipt, after it:         u64 CPU time of the draining process in ns, u64 calls of recv, 32 bytes SHA-256 or zeros
 *
 * All numbers are little-endian.
 */
import { type Address, SECRET_BYTES } from '#libc';
import type { Link } from '#machine/links.ts';
import { type Protection, protections } from './protection.ts';

const SECRET_AT = 40;
export const ORDER_BYTES = SECRET_AT + SECRET_BYTES;
export const RECEIPT_BYTES = 48;

/** What is going to be sent over the connection. */
export interface Order {
  /** Bytes of one answer, and how many answers there are; in a stream there is one. */
  readonly bytes: number;
  readonly answers: number;
  /** The drain asks for each answer with one byte, as a client does; without, everything streams. */
  readonly asking: boolean;
  readonly hash: boolean;
  /** Without it, what is sent is what goes over the connection. */
  readonly protection?: Protection;
  /** Hexadecimal, for `kernel-tls`: no handshake finds it. */
  readonly secret?: string;
}

/** What the drain says when everything has arrived. */
export interface Receipt {
  /** CPU time of the draining process between the order and here, ns. */
  readonly cpuNs: number;
  /** How often it was handed something: fewer than the answers when they lay together, more when they came in parts. */
  readonly receives: number;
  /** SHA-256 of the bytes, hexadecimal; of nothing asked for, zeros. */
  readonly sha256: string;
}

/** Where the drain of a run listens; it stands in the run's folder, so that every task finds it. */
export interface DrainPlace {
  readonly address: Address;
  readonly link: Link;
  readonly congestion: string;
}

/** What the parent asks of the draining process. */
export type DrainQuestion = { do: 'listen'; link: Link; congestion: string } | { do: 'serve' };

export function encodeOrder({ bytes, answers, asking, hash, protection, secret }: Order, into: Buffer): void {
  const protectedBy = protections.indexOf(protection ?? 'none');
  for (const [at, value] of [bytes, answers, Number(asking), Number(hash), protectedBy].entries()) {
    into.writeBigUInt64LE(BigInt(value), at * 8);
  }
  into.fill(0, SECRET_AT, ORDER_BYTES);
  Buffer.from(secret ?? '', 'hex').copy(into, SECRET_AT);
}

export function decodeOrder(from: Buffer): Required<Order> {
  const field = (at: number) => Number(from.readBigUInt64LE(at * 8));
  return {
    bytes: field(0),
    answers: field(1),
    asking: field(2) === 1,
    hash: field(3) === 1,
    protection: protections[field(4)] ?? 'none',
    secret: from.toString('hex', SECRET_AT, ORDER_BYTES),
  };
}

export function encodeReceipt({ cpuNs, receives, sha256 }: Receipt, into: Buffer): void {
  into.writeBigUInt64LE(BigInt(Math.round(cpuNs)), 0);
  into.writeBigUInt64LE(BigInt(receives), 8);
  Buffer.from(sha256, 'hex').copy(into, 16);
}

export function decodeReceipt(from: Buffer): Receipt {
  return {
    cpuNs: Number(from.readBigUInt64LE(0)),
    receives: Number(from.readBigUInt64LE(8)),
    sha256: from.toString('hex', 16, RECEIPT_BYTES),
  };
}
