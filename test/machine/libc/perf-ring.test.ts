import { describe, expect, it } from 'vitest';
import { PerfRing, SamplesLost } from '#machine/libc/perf-ring.ts';

const HEADER_BYTES = 4096;

function sample(pid: number, chain: readonly bigint[], last: Buffer): Buffer {
  const body = Buffer.alloc(24 + 8 * chain.length);
  body.writeUInt32LE(9, 0);
  body.writeUInt32LE(pid, 8);
  body.writeBigUInt64LE(BigInt(chain.length), 16);
  chain.forEach((address, at) => {
    body.writeBigUInt64LE(address, 24 + 8 * at);
  });
  return sized(Buffer.concat([body, last]));
}

function sized(record: Buffer): Buffer {
  record.writeUInt16LE(record.length, 6);
  return record;
}

function register(value: bigint): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeBigUInt64LE(2n, 0);
  bytes.writeBigUInt64LE(value, 8);
  return bytes;
}

/** A ring of `bytes` whose first record begins at `from`. */
function ringOf(records: readonly Buffer[], { bytes = 4096, from = 0, payload = 'register' as const } = {}) {
  const memory = Buffer.alloc(HEADER_BYTES + bytes);
  const all = Buffer.concat(records);
  all.forEach((byte, at) => {
    memory[HEADER_BYTES + ((from + at) % bytes)] = byte;
  });
  memory.writeBigUInt64LE(BigInt(from + all.length), 1024);
  memory.writeBigUInt64LE(BigInt(from), 1032);
  return { memory, ring: new PerfRing(memory, HEADER_BYTES, payload) };
}

describe('PerfRing', () => {
  const marker = 2n ** 64n - 128n;

  it('reads process, callers without markers, and register, and frees the room', () => {
    const { memory, ring } = ringOf([sample(7, [marker, 0xffffffff81000010n, 0xffffffff81000020n], register(4096n))]);
    expect(ring.drain()).toEqual([{ pid: 7, chain: [0xffff81000010, 0xffff81000020], register: 4096n, fields: null }]);
    expect(memory.readBigUInt64LE(1032)).toBe(memory.readBigUInt64LE(1024));
    expect(ring.drain()).toEqual([]);
  });

  it('reads a record that wraps around the end', () => {
    const one = sample(1, [0xffffffff81000010n], register(1n));
    const { ring } = ringOf([one, one], { bytes: 128, from: 1000 * 128 + 104 });
    expect(ring.drain().map((each) => each.register)).toEqual([1n, 1n]);
  });

  it("reads a tracepoint's fields", () => {
    const fields = Buffer.alloc(12);
    fields.writeUInt32LE(8, 0);
    fields.write('abcdefgh', 4);
    const memory = ringOf([sample(3, [], fields)]).memory;
    expect(new PerfRing(memory, HEADER_BYTES, 'fields').drain()[0]).toMatchObject({
      register: null,
      fields: Buffer.from('abcdefgh'),
    });
  });

  it.each([2, 5, 13])('takes a record of type %i as an error: what it counted is not all', (type) => {
    const record = sized(Buffer.alloc(24));
    record.writeUInt32LE(type, 0);
    expect(() => ringOf([record]).ring.drain()).toThrow(SamplesLost);
  });

  it('does not run on a record without a size', () => {
    expect(() => ringOf([Buffer.alloc(16)]).ring.drain()).toThrow('a record of 0 bytes');
  });
});
