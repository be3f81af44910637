import { expect, test } from 'vitest';
import { conductFindings } from '#learn/server/conduct.ts';

const where = { situation: 'plain', clients: 3 };
const calm = { again: 0, waits: 0, cold: null, coldCalls: 0 };

test('conductFindings() allows one EAGAIN a client after each wait, and none more', () => {
  expect(conductFindings({ ...calm, again: 6, waits: 1 }, 3, where)).toEqual([]);
  expect(conductFindings({ ...calm, again: 7, waits: 1 }, 3, where)).toEqual([
    { code: 'spins', args: { ...where, again: 7, waits: 1 } },
  ]);
});

test('conductFindings() finds the first call that waited for the disk', () => {
  const cold = { call: 'sendfile', offset: 65_536, count: 4096, pages: 1, resident: 0 };
  expect(conductFindings({ ...calm, cold, coldCalls: 5 }, 3, where)).toEqual([
    { code: 'cold-call', args: { ...where, ...cold, coldCalls: 5 } },
  ]);
});
