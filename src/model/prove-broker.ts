/** The series of `npm run prove:broker`: whether the broker loses what it acknowledged, falls over input, or sends something else by one of its paths. */
import { z } from 'zod';
import { type ProveSummary, proveCommon } from './prove-common.ts';

const count = z.int().nonnegative();
const run = {
  order: count,
  /** What was lost, and what else was wrong; empty: nothing. */
  faults: z.array(z.string()),
};
const path = z.enum(['copying', 'mapped', 'sendfile']);

/** A broker killed under load, in the middle of rolling its small segments as often as not. */
const killSchema = z.strictObject({
  does: z.literal('kill'),
  ...run,
  path,
  /** From the first request to the signal, ms. */
  momentMs: z.number().nonnegative(),
  /** Batches that had been acknowledged, in all topics together. */
  acknowledged: count,
});

/** Requests with bytes changed or cut off, each on a connection of its own. */
const framesSchema = z.strictObject({
  does: z.literal('frames'),
  ...run,
  seed: count,
  frames: count,
  /** Of them, those for which the broker ended the connection with a reason. */
  refused: count,
});

/** Records that a real client wrote and read. */
const recordsSchema = z.strictObject({
  does: z.literal('records'),
  ...run,
  client: z.enum(['kcat', 'java']),
  /** By which path they were sent. */
  path,
  records: count,
  /** What was read, line by line. */
  sha256: z.string(),
});

const brokerRunSchema = z.discriminatedUnion('does', [killSchema, framesSchema, recordsSchema]);
export type BrokerRun = z.infer<typeof brokerRunSchema>;
export type BrokerKill = z.infer<typeof killSchema>;

export const proveBrokerSchema = z.strictObject({
  kind: z.literal('prove-broker'),
  ...proveCommon,
  parameters: z.strictObject({
    /** Clients that are not on this machine: their records were left out. */
    missing: z.array(z.string()),
  }),
  runs: z.array(brokerRunSchema).min(1),
});
export type ProveBroker = z.infer<typeof proveBrokerSchema>;

/** What the series is held against: each client writes and reads its records by each of the three paths. */
export const brokerBar = { kills: 100, frames: 10_000, records: 1_000_000, clients: 2, paths: 3 } as const;

/** How often nothing was lost, and what else the broker stood. */
export function brokerSummary({ runs, share, small }: ProveBroker): ProveSummary {
  const of = <D extends BrokerRun['does']>(does: D) =>
    runs.filter((one): one is Extract<BrokerRun, { does: D }> => one.does === does);
  const [kills, frames, records] = [of('kill'), of('frames'), of('records')];
  const sound = (those: readonly BrokerRun[]) => those.filter(({ faults }) => faults.length === 0);
  const sent = frames.reduce((sum, one) => sum + one.frames, 0);
  const acknowledged = kills.reduce((sum, one) => sum + one.acknowledged, 0);
  const full =
    share === 1 &&
    !small &&
    kills.length >= brokerBar.kills &&
    sent >= brokerBar.frames &&
    records.length >= brokerBar.clients * brokerBar.paths &&
    records.every((one) => one.records >= brokerBar.records);
  const most = Math.max(0, ...records.map((one) => one.records));
  const parts = [
    `Of ${number(acknowledged)} acknowledged batches nothing was lost in ${sound(kills).length} of ${kills.length} kills.`,
    `The broker stood ${number(sent)} fuzzed frames${sound(frames).length < frames.length ? ', but not all' : ''}.`,
    ...(records.length > 0
      ? [
          `${number(most)} records came back the same in ${sound(records).length} of ${records.length} ways to write and read them.`,
        ]
      : []),
  ];
  return { held: sound(runs).length < runs.length ? false : full ? true : null, text: parts.join(' ') };
}

const number = (value: number) => value.toLocaleString('en-US');
