import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { Mapping, SECRET_BYTES, send } from '#libc';
import { arrivingOnce, Drain, startDrain } from '#measure/drain.ts';
import {
  decodeOrder,
  decodeReceipt,
  encodeOrder,
  encodeReceipt,
  ORDER_BYTES,
  RECEIPT_BYTES,
} from '#measure/drain-protocol.ts';
import { inSession } from './in-session.ts';

const BYTES = 300_000;
const payload = Buffer.alloc(BYTES, 'zero copy');
const sha256 = createHash('sha256').update(payload).digest('hex');

function sendAll(drain: Drain, address: number, count: number): void {
  for (let sent = 0; sent < count; ) sent += send(drain.fd, address + sent, count - sent);
}

test('the drain takes a stream, says its hash and what it cost, and goes on after one that left early', async () => {
  await inSession(async (session) => {
    await startDrain(session);
    using memory = Mapping.anonymous(BYTES);
    memory.view().set(payload);
    {
      using leaving = new Drain(session.folder);
      leaving.order({ bytes: BYTES, answers: 1, asking: false, hash: true });
      sendAll(leaving, memory.address, 10);
    }
    using drain = new Drain(session.folder);
    for (let again = 0; again < 2; again++) {
      drain.order({ bytes: BYTES, answers: 1, asking: false, hash: true });
      sendAll(drain, memory.address, BYTES);
      const receipt = drain.receipt();
      expect(receipt.sha256).toBe(sha256);
      expect(receipt.cpuNs).toBeGreaterThan(0);
      expect(receipt.receives).toBeGreaterThan(0);
    }
  });
});

test('the drain asks for each answer', async () => {
  await inSession(async (session) => {
    await startDrain(session);
    using memory = Mapping.anonymous(BYTES);
    memory.view().set(payload);
    using drain = new Drain(session.folder);
    drain.order({ bytes: 1000, answers: 3, asking: true, hash: true });
    for (let answer = 0; answer < 3; answer++) {
      drain.awaitAsking();
      sendAll(drain, memory.address + answer * 1000, 1000);
    }
    const receipt = drain.receipt();
    expect(receipt.sha256).toBe(createHash('sha256').update(payload.subarray(0, 3000)).digest('hex'));
    expect(receipt.receives).toBeGreaterThanOrEqual(3);
  });
});

test('order and receipt come out as they went in', () => {
  const secret = 'ab'.repeat(SECRET_BYTES);
  const order = { bytes: 2 ** 33, answers: 7, asking: true, hash: false, protection: 'kernel-tls', secret } as const;
  const receipt = { cpuNs: 123_456_789, receives: 4, sha256 };
  const memory = Buffer.alloc(ORDER_BYTES);
  encodeOrder(order, memory);
  expect(decodeOrder(memory)).toEqual(order);
  encodeOrder({ bytes: 1, answers: 1, asking: false, hash: true }, memory);
  expect(decodeOrder(memory)).toMatchObject({ protection: 'none', secret: '00'.repeat(SECRET_BYTES) });
  encodeReceipt(receipt, memory);
  expect(decodeReceipt(memory.subarray(0, RECEIPT_BYTES))).toEqual(receipt);
});

test('arrivingOnce() asks once for each key', () => {
  let asked = 0;
  const send = () => ({ cpuNs: 0, receives: 0, sha256: `hash ${++asked}` });
  expect([arrivingOnce('a', send), arrivingOnce('a', send), arrivingOnce('b', send)]).toEqual([
    'hash 1',
    'hash 1',
    'hash 2',
  ]);
});
