import { describe, expect, it } from 'vitest';
import { KernelTypes } from '#proof/copies/btf.ts';

const names = ['', 'sk_buff', 'len', 'data_len', 'inner', 'flags'];
const strings = Buffer.from(`${names.join('\0')}\0`);
const nameAt = (name: string) => (name === '' ? 0 : strings.indexOf(`\0${name}\0`) + 1);

function type(name: string, kind: number, members: number, bitfields = false): number[] {
  return [nameAt(name), ((bitfields ? 1 << 31 : 0) | (kind << 24) | members) >>> 0, 0];
}

function btf(words: readonly number[]): Buffer {
  const types = Buffer.alloc(words.length * 4);
  words.forEach((word, at) => {
    types.writeUInt32LE(word, at * 4);
  });
  const header = Buffer.alloc(24);
  header.writeUInt16LE(0xeb9f, 0);
  header[2] = 1;
  [24, 0, types.length, types.length, strings.length].forEach((word, at) => {
    header.writeUInt32LE(word, 4 + at * 4);
  });
  return Buffer.concat([header, types, strings]);
}

/** An int; a struct without a name with one member; sk_buff with a plain member, the inner struct, and a bit-field. */
const words = [
  ...type('', 1, 0),
  32,
  ...type('', 4, 1),
  ...[nameAt('data_len'), 1, 32],
  ...type('sk_buff', 4, 3, true),
  ...[nameAt('len'), 1, 64],
  ...[nameAt(''), 2, 896],
  ...[nameAt('flags'), 1, (3 << 24) | 960],
];

describe('KernelTypes', () => {
  const types = new KernelTypes(btf(words));

  it.each([
    ['len', 8],
    ['data_len', 112 + 4],
    ['flags', 120],
  ])('finds %s', (member, offset) => {
    expect(types.offsetOf('sk_buff', member)).toBe(offset);
  });

  it('finds no member and no struct that are not there', () => {
    expect(types.offsetOf('sk_buff', 'inner')).toBeNull();
    expect(types.offsetOf('aead_request', 'cryptlen')).toBeNull();
  });

  it('refuses what is not BTF, and a kind that it does not know', () => {
    expect(() => new KernelTypes(Buffer.alloc(100))).toThrow('do not begin as BTF does');
    expect(() => new KernelTypes(btf(type('', 25, 0)))).toThrow('kind 25 is not known');
  });
});
