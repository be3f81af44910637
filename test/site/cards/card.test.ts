import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Card, colours, drawCard } from '#site/cards/card.ts';
import { pngOf } from '#site/cards/png.ts';

const claim: Card = {
  kicker: 'Claim A4',
  title: 'With zero copy there are two copies: disk to kernel buffer, and kernel buffer to the network card',
  verdicts: [
    { label: 'The sources', words: 'True, with conditions' },
    { label: 'Our machine', words: 'Cannot run here' },
  ],
};

describe('drawCard()', () => {
  test('gives the same bytes on every machine', () => {
    const bytes = pngOf(drawCard(claim));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(
      '653e902c38ec6ce6037814d081f6a97a8b4cbacae68227ac8dcb46e6d2457a7f',
    );
  });

  test('makes another card for every other word', () => {
    const cards = [
      claim,
      { ...claim, kicker: 'Claim A5' },
      { ...claim, title: `${claim.title}s` },
      { ...claim, verdicts: claim.verdicts.slice(0, 1) },
    ];
    expect(new Set(cards.map((card) => pngOf(drawCard(card)).toString('base64'))).size).toBe(4);
  });

  test('leaves the edge free of ink, whatever the title', () => {
    for (const title of ['Go', 'Four copies become two? We counted', claim.title]) {
      const { pixels, width, height } = drawCard({ ...claim, title });
      const right = Array.from({ length: height }, (_, y) => pixels[y * width + width - 8]!);
      // The ink of the squares has the numbers up to 15.
      for (const pixel of right) expect(pixel).toBeLessThanOrEqual(15);
    }
  });

  test('refuses a title that has no room', () => {
    expect(() => drawCard({ ...claim, title: 'word '.repeat(120) })).toThrow('on a card: expected at most 225 pixels');
  });
});

test('a card has the colours of the light pages', () => {
  const tokens = readFileSync('src/site/styles/tokens.css', 'utf8');
  for (const [name, colour] of Object.entries(colours)) {
    const hex = `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
    expect(tokens).toContain(`--zc-${name}: light-dark(${hex},`);
  }
});
