import { describe, expect, test } from 'vitest';
import { checkTopicName, partitionFolder, partitionOf } from '../../../src/broker/storage/topic-name.ts';

describe('checkTopicName()', () => {
  test.each(['a', 'A.b_c-9', 'a'.repeat(249), '...', '__consumer_offsets'])('takes %s', (name) => {
    expect(() => checkTopicName(name)).not.toThrow();
  });

  test.each([
    ['', 'expected at least one character'],
    ['.', 'it names a folder'],
    ['..', 'it names a folder'],
    ['a/b', 'expected letters and digits of ASCII'],
    ['ä', 'expected letters and digits of ASCII'],
    ['a b', 'expected letters and digits of ASCII'],
    ['a\n', 'expected letters and digits of ASCII'],
    ['a'.repeat(250), 'it has 250 characters, and 249 are the most'],
  ])('refuses %j', (name, sentence) => {
    expect(() => checkTopicName(name)).toThrow(`Cannot use topic name '${name}': ${sentence}`);
  });
});

describe('partitionOf()', () => {
  test('reads what partitionFolder() writes', () => {
    for (const [topic, partition] of [
      ['a', 0],
      ['a-1', 12],
      ['with-hyphens.and_dots', 999],
    ] as const) {
      expect(partitionOf(partitionFolder(topic, partition))).toEqual({ topic, partition });
    }
  });

  test.each(['a', 'a-', '-0', 'a-01', 'a-x', 'a-0.1f3e-delete', 'a b-0', '..-0x', 'a--1x'])(
    'finds none in %s',
    (folder) => {
      expect(partitionOf(folder)).toBeNull();
    },
  );
});
