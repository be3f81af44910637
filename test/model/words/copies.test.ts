import { describe, expect, it } from 'vitest';
import { concludeCopies, formatCopies, spokenCopies } from '#model/words/copies.ts';
import { copiesEntry, copiesResult } from '../../fixtures/results.ts';

const titles = copiesEntry.variants;

it.each([
  [3, '3.00', '3'],
  [0, '0.00', 'none'],
  [0.0004, '0.00', 'none'],
  [2.0016, '2.00', '2'],
  [1.4953, '1.50', '1.50'],
  [0.994, '0.99', '0.99'],
])('%d copies', (copies, written, spoken) => {
  expect([formatCopies(copies), spokenCopies(copies)]).toEqual([written, spoken]);
});

describe('concludeCopies()', () => {
  it('says how often each way was copied, the most first', () => {
    expect(concludeCopies(copiesResult(), titles)).toEqual({
      text: "Over loopback TCP the CPU copied every byte 3 times with read + write and Node stream, twice with mmap + write, once with sendfile: the receiver's own copy included.",
      meaning: [
        'At the sender alone: 2 with read + write and Node stream, 1 with mmap + write, none with sendfile.',
        'Through a device that cannot gather, a copy comes back: 4 with read + write, 2 with sendfile.',
        'Counted twice: the copy instruction below the watched functions moved the same 18 MiB.',
        'What it does not see: memcpy inside the kernel, copies inside a program, and what devices move by DMA.',
      ],
    });
  });

  it('says so when the second count could not be made', () => {
    const crossCheck = { state: 'not-cross-checked', why: 'inlined' } as const;
    const { meaning } = concludeCopies(copiesResult({ plant: { sendfile: { crossCheck } } }), titles);
    expect(meaning).toContainEqual(expect.stringMatching(/^Not cross-checked: .*FSRM/));
  });

  it('does not call a half copy a whole one', () => {
    const half = { copiedTotal: 1.5 * 2 ** 20 };
    expect(concludeCopies(copiesResult({ plant: { sendfile: half } }), titles).text).toContain(
      '1.50 times with sendfile',
    );
  });

  it('says nothing where nothing was counted', () => {
    const nothing = { copiedBytes: undefined, copiedTotal: undefined };
    const { text } = concludeCopies(copiesResult({ plant: { 'read-write': nothing } }), titles);
    expect(text).toBe('No transfer by the copying path was counted.');
  });
});
