/** Our broker in a process of its own, for labs: pinned where a sender would run, and weighed from outside. */
import type { BrokerOptions } from '#broker/broker.ts';
import type { BrokerStarted } from '#broker/broker-process.ts';
import type { Child } from '#machine/child.ts';
import type { Session } from '#measure/session.ts';

const START_MS = 20_000;
/** A lab comes back to its connections after minutes in which others were measured. Milliseconds. */
export const IDLE_MS = 3_600_000;

export interface StartedBroker {
  readonly pid: number;
  /** In the order of the listeners that were asked for. */
  readonly ports: readonly number[];
  /** Lets it close its logs and end. */
  end(): void;
}

/** What can be said of it in JSON. */
export type ProcessOptions = Pick<BrokerOptions, 'folder' | 'listeners' | 'log' | 'warm' | 'limits'>;

/**
 * Starts it and waits until it listens. It is gone with the session, whatever happens.
 * @param launcher a program that becomes it: nsenter(1), for a network of its own
 */
export async function startBroker(
  session: Session,
  options: ProcessOptions,
  launcher: readonly string[] = [],
): Promise<StartedBroker> {
  const file = new URL('../../src/broker/broker-process.ts', import.meta.url);
  const child = session.startChild('broker', file, session.placement.sender, {
    args: [JSON.stringify({ ...options, limits: { idleMs: IDLE_MS, ...options.limits } })],
    launcher,
  });
  const { ports } = await child.answer<BrokerStarted>(START_MS);
  return { pid: child.pid, ports, end: () => child.end() };
}

/** A client of any broker, which makes topics, produces, and fetches without looking: src/broker/client/protocol.ts. */
export function startClient(session: Session, name = 'client'): Child {
  const file = new URL('../../src/broker/client/client-process.ts', import.meta.url);
  return session.startChild(name, file, session.placement.receiver);
}
