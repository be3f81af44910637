import { describe, expect, test } from 'vitest';
import type { ProofSample } from '#model/result.ts';
import { concludeProof, crossChecks, ownershipOf } from '#model/words/proof.ts';
import { proofEntry, proofResult } from '../../fixtures/results.ts';

const titles = proofEntry.variants;

const good: ProofSample = {
  round: 0,
  order: 0,
  sentBytes: 65536,
  oldBytes: 65536,
  newBytes: 0,
  otherBytes: 0,
  overwrittenBytes: 65536,
  calls: null,
};

describe('ownershipOf()', () => {
  test.each([
    [good, 'copy', 'a copy', null],
    [{ ...good, oldBytes: 0, newBytes: 65536 }, 'file', "the file's pages", null],
    [{ ...good, oldBytes: 16384, newBytes: 49152 }, 'mixed', 'mixed: 16 KiB old, 48 KiB new', null],
    [{ ...good, sentBytes: 0, oldBytes: 0 }, 'unclear', 'unclear', 'nothing was sent'],
    [{ ...good, oldBytes: 0 }, 'unclear', 'unclear', 'only 0 bytes of 64 KiB arrived'],
    [{ ...good, oldBytes: 65535, otherBytes: 1 }, 'unclear', 'unclear', '1 byte neither old nor new'],
    [{ ...good, overwrittenBytes: 0 }, 'unclear', 'unclear', 'the file was not overwritten'],
  ])('%#: %o', (sample, owner, text, fault) => {
    expect(ownershipOf({ samples: [sample] })).toEqual({ owner, text, fault });
  });

  test('takes all samples together: one that differs makes it mixed', () => {
    const samples = [good, { ...good, oldBytes: 0, newBytes: 65536 }];
    expect(ownershipOf({ samples })).toMatchObject({ owner: 'mixed', text: 'mixed: 64 KiB old, 64 KiB new' });
  });

  test('one broken sample makes it unclear', () => {
    expect(ownershipOf({ samples: [good, { ...good, sentBytes: 0, oldBytes: 0 }] }).owner).toBe('unclear');
  });
});

describe('concludeProof()', () => {
  test.each([
    [true, 'copied after all'],
    [false, 'did not copy'],
  ])('says what the kernel reported of MSG_ZEROCOPY: %s', (kernelSaysCopied, said) => {
    const { meaning } = concludeProof(
      proofResult({ links: ['tcp'], plant: { 'msg-zerocopy': { kernelSaysCopied } } }),
      titles,
    );
    expect(meaning).toContain(`Of mmap + send(MSG_ZEROCOPY) the kernel itself reports that it ${said}.`);
  });

  test('names who kept the pages, what it means and what it does not prove', () => {
    expect(concludeProof(proofResult(), titles)).toEqual({
      text:
        "When the send call had returned, the bytes of sendfile and splice were still the file's pages: overwriting the file changed what arrived. " +
        'The other 5 delivered the old bytes: the overwrite could not reach them any more.',
      meaning: [
        "What it means: for sendfile and splice the kernel had queued references to the page cache's pages, so the CPU had not copied the payload when the call returned.",
        'What it does not prove: DMA by a device, or a gain in speed.',
      ],
    });
  });

  test('names up to three paths that delivered the old bytes', () => {
    const variants = ['sendfile', 'read-write', 'mmap-write', 'writev'];
    expect(concludeProof(proofResult({ variants }), titles).text).toMatch(
      / read \+ write, mmap \+ write and read \+ writev delivered the old bytes: /,
    );
  });

  test('names the link where a path behaved differently over another', () => {
    const result = proofResult({ variants: ['sendfile'] });
    const series = result.series.map((one) =>
      one.factors.link === 'unix' && one.factors.control === 'none' ? { ...one, samples: [good] } : one,
    );
    const { text } = concludeProof({ ...result, series: series as typeof result.series }, titles);
    expect(text).toContain('the bytes of sendfile over loopback TCP were still');
    expect(text).toContain('sendfile over AF_UNIX delivered the old bytes');
  });

  test('claims no reference when every path delivered the old bytes', () => {
    const { text, meaning } = concludeProof(proofResult({ variants: ['read-write'] }), titles);
    expect(text).toBe('read + write delivered the old bytes: the overwrite could not reach them any more.');
    expect(meaning[0]).toBe('What it means: no path was caught sending the pages of the page cache themselves.');
  });

  test('gives the reason where there is no clear answer', () => {
    const { text } = concludeProof(
      proofResult({ variants: ['splice'], plant: { 'splice none': { overwrittenBytes: 0 } } }),
      titles,
    );
    expect(text).toBe('No clear answer from splice (the file was not overwritten).');
  });

  test('says first that the cross-checks failed', () => {
    const { text } = concludeProof(
      proofResult({ plant: { 'no-overwrite': { oldBytes: 0, newBytes: 65536 } } }),
      titles,
    );
    expect(text).toMatch(/^The cross-checks failed, so this run shows nothing yet\. /);
  });

  test('says that nothing ran', () => {
    expect(concludeProof(proofResult({ controls: ['no-overwrite'] }), titles).text).toBe(
      'The overwrite test did not run.',
    );
  });
});

describe('crossChecks()', () => {
  test('counts the runs that delivered the old bytes', () => {
    expect(crossChecks(proofResult(), titles)).toEqual({
      passed: 28,
      of: 28,
      text: 'Cross-checks: with the receiver reading first, or without the overwrite, every path delivered the old bytes: 28 of 28.',
    });
  });

  test('names the first that failed', () => {
    const result = proofResult({ plant: { 'sendfile receiver-drains-first': { oldBytes: 0, newBytes: 65536 } } });
    expect(crossChecks(result, titles)).toEqual({
      passed: 26,
      of: 28,
      text: 'Cross-checks failed: 26 of 28 delivered the old bytes. sendfile over loopback TCP, with the receiver reading first, did not, so do not trust the table above.',
    });
  });

  test.each([
    ['no-overwrite', { overwrittenBytes: 65536 }],
    ['receiver-drains-first', { overwrittenBytes: 0 }],
    ['no-overwrite', { sentBytes: 0, oldBytes: 0 }],
  ])('does not pass %s without evidence: %o', (control, planted) => {
    const { passed, of } = crossChecks(proofResult({ plant: { [control]: planted } }), titles);
    expect([passed, of]).toEqual([14, 28]);
  });

  test('says that there were none', () => {
    expect(crossChecks(proofResult({ controls: ['none'] }), titles)).toMatchObject({ passed: 0, of: 0 });
  });
});
