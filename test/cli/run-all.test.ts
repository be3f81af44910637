import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { runAll, type Ways } from '#cli/run-all.ts';

/** Records who begins and ends when; a lab takes as long as it says. */
function stage(faults: Readonly<Record<string, string>> = {}) {
  const log: string[] = [];
  const running = new Set<string>();
  const beside: [string, boolean][] = [];
  const company = new Map<string, Set<string>>();
  const step = async (lab: string, where: string) => {
    log.push(`${lab} ${where}`);
    for (const other of running) {
      company.set(lab, (company.get(lab) ?? new Set()).add(other));
      company.set(other, (company.get(other) ?? new Set()).add(lab));
    }
    running.add(lab);
    await wait(5);
    running.delete(lab);
    const fault = faults[`${lab} ${where}`];
    if (fault !== undefined) throw new Error(fault);
  };
  const ways: Ways<string> = {
    unmoved: (lab) => lab.startsWith('calls'),
    async here(lab, isBeside) {
      beside.push([lab, isBeside]);
      await step(lab, 'here');
    },
    guest: (lab) => step(lab, 'guest'),
    guestAnswers: (lab, error) => lab.startsWith('kernel') && (error as Error).message === 'not allowed',
    failed: (lab, error) => void log.push(`${lab} failed: ${(error as Error).message}`),
    async together(run) {
      log.push('held');
      await run();
      log.push('let go');
    },
  };
  return { log, beside, company, ways };
}

const never = new AbortController().signal;
const refused = { 'kernel-1 here': 'not allowed', 'kernel-2 here': 'not allowed' };

describe('runAll()', () => {
  test('runs labs alone, then those that nothing moves beside the guests, once each', async () => {
    const { log, beside, company, ways } = stage(refused);
    await runAll(['kernel-1', 'time-1', 'calls-1', 'kernel-2', 'calls-2', 'time-2'], ways, never);
    expect(log.slice(0, 5)).toEqual(['kernel-1 here', 'time-1 here', 'kernel-2 here', 'time-2 here', 'held']);
    expect(log.slice(5, -1).toSorted()).toEqual(['calls-1 here', 'calls-2 here', 'kernel-1 guest', 'kernel-2 guest']);
    expect(log.at(-1)).toBe('let go');
    expect(company.get('time-1')).toBeUndefined();
    expect(company.get('time-2')).toBeUndefined();
    expect(company.get('calls-1')).toEqual(new Set(['kernel-1', 'kernel-2']));
    expect(Object.fromEntries(beside)).toMatchObject({ 'time-1': false, 'kernel-1': false, 'calls-1': true });
  });

  test('a lab that breaks loses nothing of the others, here, beside them and in the guest', async () => {
    const faults = { ...refused, 'time-1 here': 'one', 'calls-1 here': 'two', 'kernel-1 guest': 'three' };
    const { log, ways } = stage(faults);
    await runAll(['kernel-1', 'kernel-2', 'time-1', 'time-2', 'calls-1', 'calls-2'], ways, never);
    const failed = log.filter((line) => line.includes('failed'));
    expect(failed.toSorted()).toEqual(['calls-1 failed: two', 'kernel-1 failed: three', 'time-1 failed: one']);
    expect(log).toEqual(expect.arrayContaining(['time-2 here', 'calls-2 here', 'kernel-2 guest']));
  });

  test('what the guest cannot answer is said and not tried there', async () => {
    const { log, ways } = stage({ 'kernel-1 here': 'no disk' });
    await runAll(['kernel-1', 'time-1'], ways, never);
    expect(log).toEqual(['kernel-1 here', 'kernel-1 failed: no disk', 'time-1 here']);
  });

  test('holds nothing where no lab runs beside another', async () => {
    const { log, ways } = stage();
    await runAll(['time-1'], ways, never);
    expect(log).toEqual(['time-1 here']);
  });

  test('stops after the labs that are running', async () => {
    const stop = new AbortController();
    const { log, ways } = stage(refused);
    const here = ways.here;
    ways.here = async (lab, beside) => {
      await here(lab, beside);
      if (lab === 'time-1') stop.abort();
    };
    await runAll(['time-1', 'time-2', 'calls-1'], ways, stop.signal);
    expect(log).toEqual(['time-1 here']);
  });

  test('says it when the machine could not be held', async () => {
    const { log, ways } = stage();
    ways.together = async () => {
      throw new Error('stopped while waiting');
    };
    await runAll(['time-1', 'calls-1'], ways, never);
    expect(log).toEqual(['time-1 here', 'calls-1 failed: stopped while waiting']);
  });
});
