import { describe, expect, test } from 'vitest';
import { pathOf, paths } from '#model/paths/index.ts';
import { copyCount, hopLabel, hopSentence, pathSentence } from '#site/figures/path-words.ts';

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
  expect(hopLabel(pathOf('sendfile').hops('card')[0]!)).toEqual(['moved by DMA, only if cold', 'at the first access']);
});

test('pathSentence() names every place', () => {
  expect(pathSentence(pathOf('splice'), 'card')).toBe(
    "disk, page cache, pipe, send queue, network card; no CPU copy at the sender, then the card's DMA.",
  );
});
