/** Consumers of a broker that ask and do not read: what the machine, and the broker, have less of then. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { LeaveAnswer, LookAnswer } from '#broker/client/protocol.ts';
import type { FetchPathName } from '#broker/fetch/index.ts';
import { Meter } from '#libc';
import { heldMemory, takenMemory } from '#measure/held-memory.ts';
import type { Session } from '#measure/session.ts';
import type { WorkerAnswer } from '#measure/task.ts';
import { ask } from './ask.ts';
import { type Ask, topicOf } from './asks.ts';
import { congestionOf } from './servers.ts';
import { startBroker, startClient } from './start-broker.ts';
import { weigh } from './weigh.ts';

/** How often the broker's clock is looked at, milliseconds, and how often it must have stood nearly still. */
const LOOK_MS = 50;
const STILL_LOOKS = 6;
/** Between two looks a broker that has nothing to do takes less. */
const STILL_NS = 2e6;
const MOST_LOOKS = 400;

/** One sample, with a broker and a client of its own: what an earlier one has left behind would be missing. */
export async function stalledSample(session: Session, fetch: FetchPathName, what: Ask): Promise<WorkerAnswer> {
  const { fetchBytes, batchBytes, consumers } = what;
  const folder = mkdtempSync(join(session.folder, 'stalled-'));
  const congestion = congestionOf(session);
  const listeners = [{ port: 0, fetch, congestionControl: congestion }];
  const broker = await startBroker(session, { folder, listeners });
  const client = startClient(session, 'consumers');
  const [port, topic] = [broker.ports[0] as number, topicOf(batchBytes)];
  const at = { port, topic, maxBytes: fetchBytes, consumers, congestion };
  await ask(client, { do: 'create', port, topic });
  await ask(client, { do: 'produce', port, topic, batchBytes, bytes: fetchBytes + batchBytes });
  // So that no code is compiled while memory is looked at.
  const whole = await ask<LookAnswer>(client, { do: 'look', at });
  await ask(client, { do: 'open', at: { ...at, consumers: 1 } });

  const meter = new Meter();
  const before = heldMemory(broker.pid);
  const startNs = meter.monotonicNs();
  const { weight } = await weigh(broker.pid, async () => {
    await ask(client, { do: 'stall', at });
    await untilStill(() => meter.cpuNsOf(broker.pid));
  });
  const wallNs = meter.monotonicNs() - startNs;
  const taken = takenMemory(before, heldMemory(broker.pid));
  const last = await ask<LeaveAnswer>(client, { do: 'leave' });
  client.end();
  broker.end();
  return {
    wallNs,
    ...weight,
    work: {
      bytes: consumers * fetchBytes,
      // Batches hold random values, so that only their number can be the same for all.
      check: `${whole.batches} batches, ${last.bytes} bytes read by the last of ${consumers}`,
      extra: { operations: consumers, ...taken },
    },
  };
}

/** Waits until a broker has nothing to do any more: all queues are full. @param cpuNs its clock */
async function untilStill(cpuNs: () => number): Promise<void> {
  let before = cpuNs();
  for (let [looks, still] = [0, 0]; still < STILL_LOOKS && looks < MOST_LOOKS; looks++) {
    await new Promise((done) => setTimeout(done, LOOK_MS));
    const now = cpuNs();
    still = now - before < STILL_NS ? still + 1 : 0;
    before = now;
  }
}
