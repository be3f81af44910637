import { describe, expect, it } from 'vitest';
import { sendBlocking } from '#transfer/blocking-loop.ts';
import type { Step, Technique } from '#transfer/mover.ts';
import { comparing, plantedBytes, withMore } from './same-lab.ts';

/** A technique that notes what it moves, at most `most` bytes a step, and answers as it is told first. */
function noting(most: number, answers: Step[] = []): { technique: Technique; moved: [number, number][] } {
  const moved: [number, number][] = [];
  const technique: Technique = {
    id: 'noting',
    open: () => ({
      calls: { note: 1 },
      step(offset, count) {
        const answer = answers.shift() ?? Math.min(count, most);
        if (typeof answer === 'number' && answer > 0) moved.push([offset, answer]);
        return answer;
      },
      [Symbol.dispose]() {},
    }),
  };
  return { technique, moved };
}

function send(technique: Technique, bytes: number): number {
  using mover = technique.open({ fd: -1, bytes }, { fd: -1 }, 64);
  return sendBlocking(mover, { fd: -1 }, 0, bytes);
}

describe('withMore()', () => {
  it('moves the first tenth, and then everything', () => {
    const { technique, moved } = noting(40);
    expect(send(withMore(technique), 100)).toBe(100);
    expect(moved).toEqual([
      [0, 10],
      [0, 40],
      [40, 40],
      [80, 20],
    ]);
  });

  it('goes on after short counts and interrupted calls within the tenth', () => {
    const { technique, moved } = noting(1000, [3, 0, 7]);
    expect(send(withMore(technique), 100)).toBe(100);
    expect(moved).toEqual([
      [0, 3],
      [3, 7],
      [0, 100],
    ]);
  });

  it.each(['gone', 'ended', 'again'] as const)('hands on %s', (answer) => {
    using mover = withMore(noting(10, [answer]).technique).open({ fd: -1, bytes: 100 }, { fd: -1 }, 64);
    expect(mover.step(0, 100)).toBe(answer);
  });

  it('shows the calls that were really made', () => {
    using mover = withMore(noting(10).technique).open({ fd: -1, bytes: 100 }, { fd: -1 }, 64);
    expect(mover.calls).toEqual({ note: 1 });
  });
});

describe('comparing()', () => {
  it.each(['same', 'planted'] as const)('leaves the baseline and %s', (variant) => {
    const lab = comparing(variant);
    expect(Object.keys(lab.variants)).toEqual(['read-write', variant]);
    expect(lab.baseline).toBe('read-write');
  });

  it('compares the technique with itself, not with a copy of it', () => {
    const { senders } = comparing('same');
    expect(senders?.same).toBe(senders?.['read-write']);
  });
});

describe('plantedBytes()', () => {
  it('is a tenth, to the byte', () => {
    expect([0, 10, 2 ** 21, 33_554_432].map(plantedBytes)).toEqual([0, 1, 209_715, 3_355_443]);
  });
});
