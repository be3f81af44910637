import { expect, test } from 'vitest';
import { randomFrom, shuffled } from '#measure/random.ts';
import { cellsOf, schedule } from '#measure/schedule.ts';

const cells = cellsOf(['base', 'other'], 'base', [{ link: 'tcp' }, { link: 'unix' }]);

test('cellsOf() holds every variant under every factor, the baseline twice', () => {
  expect(cells.map(({ variant, role, factors }) => `${variant} ${role} ${factors.link}`)).toEqual([
    'base baseline tcp',
    'base repeat tcp',
    'other variant tcp',
    'base baseline unix',
    'base repeat unix',
    'other variant unix',
  ]);
});

test('schedule() takes every cell once a round, in an order of its own each round', () => {
  const turns = schedule(cells, 20, 1);
  expect(turns.map(({ order }) => order)).toEqual(turns.map((_, index) => index));
  const orders = new Set<string>();
  for (let round = 0; round < 20; round++) {
    const taken = turns.filter((turn) => turn.round === round).map(({ cell }) => cells.indexOf(cell));
    expect([...taken].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    orders.add(taken.join());
  }
  expect(orders.size).toBeGreaterThan(15);
});

test('schedule() repeats with the same seed and differs with another', () => {
  expect(schedule(cells, 5, 42)).toEqual(schedule(cells, 5, 42));
  expect(schedule(cells, 5, 42)).not.toEqual(schedule(cells, 5, 43));
});

test('shuffled() is fair: each of three things comes first about as often', () => {
  const random = randomFrom(7);
  const firsts = [0, 0, 0];
  for (let draw = 0; draw < 3000; draw++) {
    const [first] = shuffled([0, 1, 2], random) as [number];
    firsts[first] = (firsts[first] as number) + 1;
  }
  for (const count of firsts) expect(count).toBeGreaterThan(900);
});
