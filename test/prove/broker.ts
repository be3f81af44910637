/**
 * `npm run prove:broker`: kills brokers under load, sends fuzzed frames, and has real clients write and read a million
 * records by each fetch path. Options: --share, --small, --seed, --record FILE, --work DIR.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment, placement } from '#machine/environment.ts';
import { Guard } from '#machine/guard.ts';
import { chooseWorkFolder } from '#machine/work-folder.ts';
import { randomFrom } from '#measure/random.ts';
import { type BrokerRun, brokerBar, brokerSummary, type ProveBroker } from '#model/prove.ts';
import { sendFuzzed } from '../broker/fuzz-case.ts';
import { killOnce } from '../broker/kill-case.ts';
import { paths, running } from '../broker/running.ts';
import { makeRecords, RECORD_BYTES, readRecords, recordClients } from './broker-records.ts';
import { type Asked, partOf, proveProgram } from './program.ts';

/** Frames that one broker gets. */
const FRAMES_EACH = 1000;
/** The latest moment of a kill after the start, ms. */
const LATEST_MS = 600;

if (import.meta.main) await proveProgram('broker', proveBroker, brokerSummary);

/** Runs the series. */
export async function proveBroker({ share, seed, small, signal, say, work }: Asked): Promise<ProveBroker> {
  const startedAt = new Date();
  const random = randomFrom(seed);
  const folder = mkdtempSync(join(work ?? tmpdir(), 'zc-prove-broker-'));
  const guard = new Guard();
  const runs: BrokerRun[] = [];
  const note = (run: BrokerRun, text: string) => {
    runs.push(run);
    say(`${text}: ${run.faults.length === 0 ? 'nothing wrong' : run.faults.join('; ')}`);
  };
  const { here, missing } = recordClients(guard);
  try {
    const kills = partOf(brokerBar.kills, share);
    for (let at = 0; at < kills; at++) {
      signal.throwIfAborted();
      const path = paths[at % paths.length] as (typeof paths)[number];
      const momentMs = random() * LATEST_MS;
      const data = join(folder, `killed-${at}`);
      const killed = await killOnce(data, path, momentMs, 1 + Math.floor(random() * 1e9));
      rmSync(data, { recursive: true });
      note(
        {
          does: 'kill',
          order: runs.length,
          path,
          momentMs,
          acknowledged: killed.acknowledged,
          faults: [...killed.faults],
        },
        `kill ${at + 1} of ${kills}, ${path}, ${killed.acknowledged} batches acknowledged`,
      );
    }

    const frames = partOf(brokerBar.frames, small ? share / 10 : share);
    for (let sent = 0; sent < frames; sent += FRAMES_EACH) {
      signal.throwIfAborted();
      const count = Math.min(FRAMES_EACH, frames - sent);
      const own = 1 + Math.floor(random() * 1e9);
      await using broker = running({ autoCreatePartitions: null });
      const { refused, faults } = await sendFuzzed(broker, count, randomFrom(own));
      note(
        { does: 'frames', order: runs.length, seed: own, frames: count, refused, faults: [...faults] },
        `${sent + count} of ${frames} fuzzed frames`,
      );
    }

    const records = Math.round(brokerBar.records * (small ? share / 100 : share));
    const file = join(folder, 'records.txt');
    const expected = await makeRecords(file, records);
    for (const client of here) {
      await using broker = running();
      for (const path of paths) {
        signal.throwIfAborted();
        const topic = `by-${path}`;
        await client.write(`127.0.0.1:${broker.port(path)}`, topic, file);
        const read = await readRecords(client, broker, topic, { path, count: records, expected, folder });
        note(
          { does: 'records', order: runs.length, client: client.name, path, records, ...read },
          `${records} records of ${RECORD_BYTES} bytes by ${client.name}, ${path}`,
        );
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await guard.release();
  }
  return {
    kind: 'prove-broker',
    schemaVersion: 1,
    startedAt: startedAt.toISOString(),
    durationNs: (Date.now() - startedAt.getTime()) * 1e6,
    seed,
    share,
    small,
    environment: environment(chooseWorkFolder(work, 0), placement()),
    parameters: { missing },
    runs,
  };
}
