import { describe, expect, test } from 'vitest';
import { outlook } from '#model/cluster.ts';
import { heldOutText, outlookTexts } from '#model/words/cluster.ts';

const MIB = 2 ** 20;
/** A processor copies 1 GiB a second, and sends 4 by sendfile. */
const costs = { copying: { answerNs: 0, byteNs: 1e9 / 2 ** 30 }, sendfile: { answerNs: 0, byteNs: 0.25e9 / 2 ** 30 } };
const load = { bytesPerSecond: 512 * MIB, answerBytes: 65536, networkBytesPerSecond: 100 * MIB, processors: 1 };
const said = (change: Partial<typeof load>) => {
  const changed = { ...load, ...change };
  return outlookTexts(changed, outlook(changed, costs));
};

describe('outlookTexts()', () => {
  test('where the network is the limit', () => {
    expect(said({ bytesPerSecond: 64 * MIB })).toEqual([
      'The network is full first, at 100 MiB/s, whichever way is taken: zero copy sends no byte more, and leaves processor time for other work.',
      'At 64 MiB/s sending takes 6 % of a processor by read + write and 2 % of a processor by sendfile: zero copy saves 5 % of a processor.',
    ]);
  });

  test('where the processors are, for copying only', () => {
    expect(said({ networkBytesPerSecond: 2048 * MIB })[0]).toBe(
      'Copying, the processors are the limit, at 1 GiB/s; by sendfile the network is, at 2 GiB/s: 2 times as much.',
    );
  });

  test('where they are either way', () => {
    expect(said({ networkBytesPerSecond: 2 ** 40 })[0]).toBe(
      'The processors are the limit either way: 1 GiB/s by copying, 4 GiB/s by sendfile, 4 times as much.',
    );
  });

  test('says when no way carries what is asked', () => {
    expect(said({})[2]).toBe('That is more than the network carries: 100 MiB/s at most.');
  });

  test('counts processors from one up', () => {
    expect(said({ bytesPerSecond: 8192 * MIB })[1]).toContain('takes 8 processors by read + write and 2 processors');
  });
});

test('heldOutText() names the worst prediction, too dear or too cheap', () => {
  const point = { bytes: 1, ns: 1, predictedNs: 1 };
  expect(
    heldOutText([
      { ...point, error: 0.1 },
      { ...point, error: -0.2 },
    ]),
  ).toMatch(/of 2 predictions the worst was off by 20 %\.$/);
});
