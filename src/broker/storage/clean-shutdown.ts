/**
 * How a data folder was left, by two files that Kafka keeps in it as well:
 *
 *     .kafka_cleanshutdown               there after a clean stop, and only then (class `CleanShutdownFileHandler`)
 *     recovery-point-offset-checkpoint   Apache Kafka's: up to which offset each partition was synced
 *                                        (class `OffsetCheckpointFile`: version, number of lines, `topic partition offset`)
 *
 * Our logs sync a segment when they roll it, so that they need the first one only.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fsync, open } from '#libc';
import type { Recovery } from './open-segments.ts';
import { syncFolder } from './sync-folder.ts';

const MARKER = '.kafka_cleanshutdown';
const CHECKPOINT = 'recovery-point-offset-checkpoint';

/** What of each partition is to be recovered. */
export type RecoveryOf = (topic: string, partition: number) => Recovery;

/**
 * Reads how the folder was left, and takes the note of a clean stop away: from now on a crash is possible. Apache Kafka's
 * checkpoint stays until everything is open (forgetCheckpoint).
 */
export function takeShutdownNote(folder: string): RecoveryOf {
  const points = readCheckpoint(join(folder, CHECKPOINT));
  const clean = existsSync(join(folder, MARKER));
  if (clean) remove(folder, MARKER);
  if (clean) return () => 'nothing';
  return (topic, partition) => (points === null ? 'last' : (points.get(`${topic} ${partition}`) ?? 0n));
}

/** Everything was recovered and is ours from now on: Apache Kafka's checkpoint would grow old. */
export function forgetCheckpoint(folder: string): void {
  if (existsSync(join(folder, CHECKPOINT))) remove(folder, CHECKPOINT);
}

/** All logs are closed. The content is Kafka's; no epoch is known, as there is no controller. */
export function markCleanShutdown(folder: string): void {
  const path = join(folder, MARKER);
  writeFileSync(path, '{"version":0,"brokerEpoch":-1}');
  using marker = open(path);
  fsync(marker.fd);
  syncFolder(folder);
}

function remove(folder: string, name: string): void {
  rmSync(join(folder, name));
  syncFolder(folder);
}

/** Recovery points by `topic partition`; null where there is no such file, and nothing known where it is not whole. */
function readCheckpoint(path: string): ReadonlyMap<string, bigint> | null {
  if (!existsSync(path)) return null;
  const [version, count, ...lines] = readFileSync(path, 'utf8').trim().split('\n');
  const entries = lines.flatMap((line) => {
    const [, partition, offset] = /^(\S+ \d+) (\d+)$/.exec(line) ?? [];
    return partition === undefined || offset === undefined ? [] : [[partition, BigInt(offset)] as const];
  });
  return new Map(version === '0' && Number(count) === entries.length ? entries : []);
}
