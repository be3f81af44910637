import { describe, expect, it } from 'vitest';
import { fieldOf, readField } from '#proof/copies/kprobe-events.ts';

const format = `name: skb_copy_bits
ID: 1500
format:
	field:unsigned short common_type;	offset:0;	size:2;	signed:0;
	field:int common_pid;	offset:4;	size:4;	signed:1;

	field:unsigned long __probe_ip;	offset:8;	size:8;	signed:0;
	field:u32 bytes;	offset:16;	size:4;	signed:0;

print fmt: "(%lx) bytes=%u", REC->__probe_ip, REC->bytes`;

describe('a field of an event', () => {
  it('is found by its name', () => {
    expect(fieldOf(format, 'bytes')).toEqual({ offset: 16, size: 4, signed: false });
    expect(fieldOf(format, 'common_pid')).toEqual({ offset: 4, size: 4, signed: true });
  });

  it('that is not there is an error', () => {
    expect(() => fieldOf(format, 'length')).toThrow("Cannot find field 'length'");
  });

  it.each([
    [4, false, 4_294_967_286],
    [4, true, -10],
    [8, true, -10],
  ])('of %i bytes, signed %s, is read as %i', (size, signed, value) => {
    const fields = Buffer.alloc(24, 0xff);
    fields.writeInt32LE(-10, 16);
    expect(readField(fields, { offset: 16, size, signed })).toBe(value);
  });
});
