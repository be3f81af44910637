import { expect, test } from 'vitest';
import { pathOf, systemHops } from '#model/paths/index.ts';
import { systemCount, systemName, systemSentence } from '#site/figures/system-words.ts';

test('systemCount() names the place of every copy', () => {
  expect(systemCount(pathOf('read-write'))).toBe('4 CPU copies at the broker: 2 in, 2 out');
  expect(systemCount(pathOf('sendfile'))).toBe('2 CPU copies at the broker: 2 in, none out');
});

test('systemSentence() says whose places, who moves the bytes and when', () => {
  const sentences = systemHops(pathOf('sendfile')).map(systemSentence);
  expect(sentences).toContain(
    "The producer's memory to the producer's send queue: the CPU copies every byte, in write.",
  );
  expect(sentences).toContain("The producer's network card to the broker's network card: over the network.");
  expect(sentences).toContain(
    "The broker's page cache to the broker's send queue: no byte moves, a reference to the same page is passed on, in sendfile.",
  );
});

test('systemName() tells the whole way', () => {
  const name = systemName(pathOf('sendfile'));
  expect(name).toMatch(
    /^the producer's memory, .*the consumer's memory\. 2 CPU copies at the broker: 2 in, none out\.$/,
  );
  expect(name).toContain("the producer's network card, the broker's network card");
});
