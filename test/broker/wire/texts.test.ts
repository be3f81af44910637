import { describe, expect, it } from 'vitest';
import { decodeText, encodeText, textBytes } from '#broker/wire/texts.ts';

const texts = [
  '',
  'a',
  'consumer-1',
  'größer',
  '日誌',
  '😀',
  '\ud800',
  'x'.repeat(63),
  'x'.repeat(64),
  'x'.repeat(65),
  'é'.repeat(64),
];

describe('decodeText()', () => {
  it('decodes as Buffer does, the first time and again', () => {
    for (const text of [...texts, ...texts]) {
      const bytes = Buffer.from(`[${text}]`);
      expect(decodeText(bytes, 1, bytes.length - 1)).toBe(bytes.toString('utf8', 1, bytes.length - 1));
    }
  });

  it('takes what is no UTF-8 as Buffer does', () => {
    for (const bytes of [[0xff], [0xc3], [0x61, 0xf0, 0x9f]]) {
      const some = Buffer.from(bytes);
      expect([decodeText(some, 0, some.length), decodeText(some, 0, some.length)]).toEqual([`${some}`, `${some}`]);
    }
  });

  it('keeps nothing of a buffer that is written over', () => {
    const bytes = Buffer.from('orders');
    expect(decodeText(bytes, 0, 6)).toBe('orders');
    bytes.write('events');
    expect(decodeText(bytes, 0, 6)).toBe('events');
    expect(decodeText(Buffer.from('orders'), 0, 6)).toBe('orders');
  });

  it('tells texts apart that fall on the same place', () => {
    const many = Array.from({ length: 2000 }, (_, at) => `topic-${at}`);
    for (const text of [...many, ...many]) expect(decodeText(Buffer.from(text), 0, text.length)).toBe(text);
  });
});

describe('encodeText()', () => {
  it.each(texts)('writes %j as Buffer does', (text) => {
    const expected = Buffer.from(text);
    expect(textBytes(text)).toBe(expected.length);
    const into = Buffer.alloc(expected.length + 2, 0x2e);
    encodeText(text, expected.length, into, 1);
    expect(into).toEqual(Buffer.concat([Buffer.from('.'), expected, Buffer.from('.')]));
  });
});
