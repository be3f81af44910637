/** The `run` of the lab log-broker. */
import type { Lab } from '#measure/lab.ts';
import type { Mode } from '#measure/request.ts';
import { type TaskAmount, timeCrew } from '#measure/tasks.ts';
import { type Amount, openBrokers } from './crew.ts';
import { skips } from './skips.ts';

export function timeBroker(amounts: Record<Mode, TaskAmount & Amount>): Lab['run'] {
  return async (lab, session) => {
    const amount = amounts[session.request.mode];
    const skipping = { ...amount, skip: skips };
    const run = timeCrew({ quick: skipping, default: skipping, full: skipping }, () =>
      openBrokers(session, amount, amount.settings),
    );
    return await run(lab, session);
  };
}
