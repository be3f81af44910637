import { describe, expect, test } from 'vitest';
import { pathOf, paths } from '#model/paths/index.ts';
import { countPath } from '#site/figures/counted-path.ts';
import {
  callersOf,
  copyCount,
  countedCell,
  countedCount,
  hopLabel,
  hopSentence,
  pathSentence,
} from '#site/figures/path-words.ts';
import { countResult } from '../../fixtures/results.ts';

describe('copyCount()', () => {
  test('names the place and the actor of every copy', () => {
    expect(copyCount(pathOf('read-write'), 'loopback')).toBe('2 CPU copies at the sender, 1 at the receiver');
    expect(copyCount(pathOf('mmap-write'), 'loopback')).toBe('1 CPU copy at the sender, 1 at the receiver');
    expect(copyCount(pathOf('sendfile'), 'loopback')).toBe('no CPU copy at the sender, 1 at the receiver');
    expect(copyCount(pathOf('sendfile'), 'card')).toBe("no CPU copy at the sender, then the card's DMA");
  });

  test('never says a bare number of copies', () => {
    for (const path of paths) {
      for (const route of ['loopback', 'card', 'no-gather'] as const)
        expect(copyCount(path, route)).not.toMatch(/\b0 copies|zero copies/);
    }
  });
});

describe('hopSentence()', () => {
  test('says who moves what, during which call', () => {
    const [disk, read] = pathOf('read-write').hops('loopback');
    expect(hopSentence(disk!)).toBe(
      'Disk to page cache: the device writes the bytes itself (DMA), at the first access, only if the page is not in memory yet.',
    );
    expect(hopSentence(read!)).toBe('Page cache to user memory: the CPU copies every byte, in pread.');
  });

  test('says that a reference moves no byte', () => {
    const reference = pathOf('sendfile').hops('loopback')[1]!;
    expect(hopSentence(reference)).toContain('no byte moves');
  });
});

test('hopLabel() marks a hop that happens only when the page is not in memory', () => {
  expect(hopLabel(pathOf('sendfile').hops('card')[0]!)).toEqual({
    who: 'moved by DMA, only if cold',
    when: 'at the first access',
  });
});

describe('with counts', () => {
  const path = pathOf('sendfile');
  const hops = path.hops('no-gather');
  const counted = countPath(countResult(), path, 'no-gather')!;

  test('hopLabel() carries the number and the function that was seen', () => {
    expect(hops.map((hop, index) => hopLabel(hop, counted.hops[index]))).toEqual([
      { who: 'moved by DMA, only if cold', when: 'at the first access · not counted', seen: undefined },
      { who: 'page reference', when: 'in sendfile · 1.00 by reference', seen: 'skb_splice_from_iter' },
      { who: 'copied by the CPU', when: 'later, after the call · counted 1.00', seen: 'skb_copy_bits' },
      { who: 'copied by the CPU', when: 'in recv · counted 1.00', seen: '_copy_to_iter' },
    ]);
  });

  test('countedCell() never gives a device or a reference a copy', () => {
    expect(hops.map((hop, index) => countedCell(hop, counted.hops[index]!))).toEqual([
      'not counted: no copy of the CPU',
      '1.00 by reference',
      '1.00',
      '1.00',
    ]);
    expect(countedCell(pathOf('mmap-write').hops('loopback')[1]!, { perByte: null, seen: [] })).toBe(
      'not counted: no byte moves',
    );
  });

  test('hopSentence() ends with what was counted', () => {
    expect(hopSentence(hops[2]!, counted.hops[2])).toMatch(/ Counted: 1\.00 copies of each byte, in skb_copy_bits\.$/);
    expect(hopSentence(hops[1]!, counted.hops[1])).toMatch(/ Counted: 1\.00 of each byte by reference, in skb_splice/);
    expect(hopSentence(hops[0]!, counted.hops[0])).toMatch(/ Not counted\.$/);
  });

  test("countedCount() keeps the sender's number and the receiver's apart", () => {
    const loopback = (result = countResult()) => countedCount(countPath(result, path, 'loopback')!);
    expect(loopback()).toBe('Counted: none at the sender, 1 at the receiver');
    expect(loopback(countResult({ plant: { 'sendfile tcp': { inKernel: 65536 } } }))).toBe(
      "Counted: 0.25 at the sender, 1 at the receiver; 0.25 of the sender's where no hop is drawn",
    );
  });

  test('callersOf() goes from the function outwards', () => {
    expect(callersOf({ function: 'f', stack: ['a', 'b'], perByte: 1 })).toBe('a ← b');
    expect(callersOf({ function: 'f', stack: ['a', 'b', 'c'], perByte: 1 }, 2)).toBe('a ← b ← …');
  });
});

test('pathSentence() names every place', () => {
  expect(pathSentence(pathOf('splice'), 'card')).toBe(
    "disk, page cache, pipe, send queue, network card; no CPU copy at the sender, then the card's DMA.",
  );
});
