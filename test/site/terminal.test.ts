import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { printed } from '#site/terminal.ts';

describe('printed()', () => {
  test('takes the command from what it printed', () => {
    expect(printed('$ ./zc x\nDone.\n')).toEqual({
      command: '$ ./zc x',
      paragraphs: [{ kind: 'sentences', text: 'Done.' }],
    });
  });

  test('puts a broken sentence together, and leaves each its own line', () => {
    expect(printed('$ x\nAll of it went\nby reference.\nNothing else did.').paragraphs).toEqual([
      { kind: 'sentences', text: 'All of it went by reference.\nNothing else did.' },
    ]);
  });

  test('leaves a table as it stands', () => {
    const table = 'file  into\na     b c';
    expect(printed(`$ x\nOne.\n\n${table}\n\nTwo.`).paragraphs).toEqual([
      { kind: 'sentences', text: 'One.' },
      { kind: 'table', text: table },
      { kind: 'sentences', text: 'Two.' },
    ]);
  });

  test.each(['plaintext', 'tls'])('keeps every word of what inspect printed: %s', (listener) => {
    const text = readFileSync(`labs/kafka/inspect/${listener}.txt`, 'utf8');
    const { command, paragraphs } = printed(text);
    const words = (of: string) => of.trim().split(/\s+/);
    expect(words([command, ...paragraphs.map((one) => one.text)].join(' '))).toEqual(words(text));
  });
});
