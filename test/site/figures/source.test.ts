import { describe, expect, test } from 'vitest';
import { quote } from '#site/figures/source.ts';

describe('quote()', () => {
  const source = 'one\n  two {\n    three\n  }\nfour\n';

  test('quotes the whole file without its last newline', () => {
    expect(quote(source)).toEqual({ code: 'one\n  two {\n    three\n  }\nfour', from: 1 });
  });

  test('quotes from marker to marker and takes the margin away', () => {
    expect(quote(source, 'two', '}')).toEqual({ code: 'two {\n  three\n}', from: 2 });
  });

  test('refuses a marker that is gone', () => {
    expect(() => quote(source, 'five')).toThrow("Cannot quote from 'five'");
  });

  test('looks for the end after the beginning', () => {
    expect(() => quote(source, 'four', 'two')).toThrow("Cannot quote from 'two'");
  });
});
