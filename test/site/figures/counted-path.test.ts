import { describe, expect, test } from 'vitest';
import { pathOf } from '#model/paths/index.ts';
import { countPath, seenAt } from '#site/figures/counted-path.ts';
import { countGroups, countResult } from '../../fixtures/results.ts';

const result = countResult();
const perHop = (technique: string, route: 'loopback' | 'no-gather', from = result) =>
  countPath(from, pathOf(technique), route)?.hops.map(({ perByte, seen }) => [perByte, seen[0]?.function]);

describe('countPath()', () => {
  test('puts every counted copy at the hop that makes it, with its function', () => {
    expect(perHop('read-write', 'loopback')).toEqual([
      [null, undefined],
      [1, '_copy_to_iter'],
      [1, '_copy_from_iter'],
      [null, undefined],
      [1, '_copy_to_iter'],
    ]);
  });

  test('counts a reference where the socket is handed the pages, and nowhere else', () => {
    expect(perHop('splice', 'loopback')).toEqual([
      [null, undefined],
      [null, undefined],
      [1, 'skb_splice_from_iter'],
      [null, undefined],
      [1, '_copy_to_iter'],
    ]);
  });

  test('finds the copy that comes back in the group of a device that cannot gather', () => {
    expect(perHop('sendfile', 'no-gather')?.[2]).toEqual([1, 'skb_copy_bits']);
  });

  test("keeps the receiver's own copy out of the sender's number", () => {
    const { copies } = countPath(result, pathOf('read-write'), 'loopback')!;
    expect([copies.sender, copies.places.kernelToReceiver]).toEqual([2, 1]);
  });

  test('says how much was copied where the model draws no hop', () => {
    const wrong = countResult({ plant: { 'sendfile tcp': { inKernel: 64 * 1024 } } });
    expect(countPath(wrong, pathOf('sendfile'), 'loopback')!.elsewhere).toBe(0.25);
    expect(countPath(result, pathOf('sendfile'), 'loopback')!.elsewhere).toBe(0);
  });

  test('has nothing for a card, for a group that was not counted, and for a technique that did not run', () => {
    expect(countPath(result, pathOf('sendfile'), 'card')).toBeUndefined();
    expect(
      countPath(countResult({ groups: countGroups.slice(0, 1) }), pathOf('sendfile'), 'no-gather'),
    ).toBeUndefined();
    expect(countPath(countResult({ variants: ['read-write'] }), pathOf('sendfile'), 'loopback')).toBeUndefined();
  });

  test('never takes another receiver for the plain one', () => {
    const discarding = countResult({ groups: [countGroups[0]!, { ...countGroups[2]!, receiver: 'discard' }] });
    expect(countPath(discarding, pathOf('sendfile'), 'no-gather')).toBeUndefined();
  });
});

const near = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

test('seenAt() takes sites together that differ only far out, the largest first', () => {
  const site = (name: string, outer: string, bytes: number) => ({
    what: 'copy' as const,
    function: name,
    stack: [...near, outer],
    bytes,
    hits: 1,
  });
  const sites = [site('small', 'x', 10), site('large', 'x', 20), site('large', 'y', 30)];
  expect(seenAt(sites, 100)).toEqual([
    { function: 'large', stack: [...near], perByte: 0.5 },
    { function: 'small', stack: [...near], perByte: 0.1 },
  ]);
});
