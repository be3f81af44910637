import { cpSync, mkdirSync, readdirSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Guard } from '#machine/guard.ts';
import { Program } from '#machine/program.ts';
import { chooseWorkFolder, makeRunFolder, type RunFolder } from '#machine/work-folder.ts';
import { ApacheKafka } from '../../labs/kafka/apache-kafka.ts';
import { provideJars } from '../../labs/kafka/jars.ts';
import { findJava } from '../../labs/kafka/java.ts';
import { type KafkaPrograms, runTool } from '../../labs/kafka/tool.ts';
import { Log } from '../../src/broker/storage/log.ts';
import { Storage } from '../../src/broker/storage/topics.ts';
import { dumpLogSegments } from './storage/dump.ts';
import { batchOf, type Compression } from './storage/records.ts';

const guard = new Guard();
let run: RunFolder;
let kafka: KafkaPrograms;
beforeAll(async () => {
  run = makeRunFolder(chooseWorkFolder(undefined, 2 ** 28), (path) => guard.watchFolder(path));
  kafka = { java: findJava(), jars: await provideJars(guard, console.log), guard };
});
afterAll(async () => {
  run.lock[Symbol.dispose]();
  await guard.release();
});

const options = { segmentBytes: 20_000, indexIntervalBytes: 1000 };
const compressions: readonly Compression[] = ['none', 'gzip', 'zstd'];

/** Appends `count` batches of two records each, of every compression in turn. */
function fill(log: Log, count: number): void {
  for (let at = 0; at < count; at++) {
    const timestamp = BigInt(1_700_000_000_000 + at * 10);
    const value = Buffer.from(Array.from({ length: 300 }, (_, byte) => (byte * at) % 251));
    log.append(
      batchOf(
        [
          { timestamp, value },
          { timestamp: timestamp + 5n, key: `key ${at}`, value },
        ],
        compressions[at % 3],
      ),
    );
  }
}

describe('DumpLogSegments of Apache Kafka', () => {
  test('finds our segments and indexes right: closed, and recovered after a crash', async () => {
    const folder = join(run.path, 'ours-0');
    const log = Log.open(folder, options);
    fill(log, 150);
    const crashed = join(run.path, 'crashed-0');
    cpSync(folder, crashed, { recursive: true });
    log[Symbol.dispose]();
    Log.open(crashed, options)[Symbol.dispose]();
    const segments = readdirSync(folder).filter((name) => name.endsWith('.log')).length;
    expect(segments).toBeGreaterThan(1);
    for (const one of [folder, crashed]) {
      expect(await dumpLogSegments(one, kafka)).toEqual({
        batches: 150,
        records: 300,
        indexes: 2 * segments,
        faults: [],
      });
    }
  });

  test('is seen to find what is wrong', async () => {
    const folder = join(run.path, 'wrong-0');
    {
      using log = Log.open(folder, options);
      fill(log, 30);
    }
    const right = readFileSync(join(folder, '00000000000000000000.index'));
    const index = Buffer.from(right);
    index.writeInt32BE(index.readInt32BE(4) + 1, 4);
    writeFileSync(join(folder, '00000000000000000000.index'), index);
    expect((await dumpLogSegments(folder, kafka)).faults).not.toEqual([]);

    writeFileSync(join(folder, '00000000000000000000.index'), right);
    const log = join(folder, '00000000000000000000.log');
    const bytes = readFileSync(log);
    bytes[100]! ^= 1;
    writeFileSync(log, bytes);
    expect((await dumpLogSegments(folder, kafka)).faults).not.toEqual([]);
  });
});

describe('a folder that Apache Kafka wrote', () => {
  const codecs = ['none', 'lz4', 'gzip', 'snappy', 'zstd'] as const;
  const RECORDS = 3000;
  /** As Apache Kafka's, so that our indexes can be compared with its own. */
  const settings = { segmentBytes: 300_000, indexIntervalBytes: 4096 };
  let whole = '';
  let crashed = '';

  beforeAll(async () => {
    whole = join(run.path, 'whole');
    crashed = join(run.path, 'crashed');
    const lines = join(run.path, 'lines');
    writeFileSync(
      lines,
      Array.from({ length: RECORDS }, (_, line) => `line ${line} ${'x'.repeat(line % 400)}\n`).join(''),
    );
    const properties = { 'log.segment.bytes': '1048576', 'log.initial.task.delay.ms': '600000' };
    await using broker = await ApacheKafka.start(kafka, { folder: join(run.path, 'apache'), properties });
    for (const codec of codecs) await produce(broker, codec, lines);
    // Nobody writes now: what kill -9 would leave.
    cpSync(broker.dataFolder, crashed, { recursive: true });
    await broker[Symbol.asyncDispose]();
    cpSync(broker.dataFolder, whole, { recursive: true });
  });

  /** Two producers that have nothing in common: Kafka's own in Java, and kcat's librdkafka. */
  async function produce({ bootstrap }: ApacheKafka, codec: string, lines: string): Promise<void> {
    const create = ['--create', '--topic', codec, '--partitions', '1', '--config', `segment.bytes=${2 ** 20}`];
    await runTool('topics', ['--bootstrap-server', bootstrap, ...create], kafka);
    if (codec === 'none' || codec === 'lz4') {
      const load = ['--topic', codec, '--num-records', `${RECORDS}`, '--record-size', '500', '--throughput', '-1'];
      const client = ['--command-property', `bootstrap.servers=${bootstrap}`, `compression.type=${codec}`];
      await runTool('perfProducer', [...load, ...client], kafka);
    } else {
      const args = ['-P', '-b', bootstrap, '-t', codec, '-z', codec, '-X', 'batch.size=20000', '-l', lines];
      await new Program('kcat', args, guard).succeed(60_000);
    }
  }

  test.each(['after a clean stop', 'after a crash'])('is opened %s, and gives the same bytes', (how) => {
    const source = how === 'after a clean stop' ? whole : crashed;
    const copy = join(run.path, how);
    cpSync(source, copy, { recursive: true });
    using storage = Storage.open(copy, settings);
    expect(storage.topics()).toEqual(codecs.toSorted().map((name) => ({ name, partitions: 1 })));
    for (const codec of codecs) {
      const log = storage.log(codec, 0) as Log;
      expect([log.startOffset, log.endOffset]).toEqual([0n, BigInt(RECORDS)]);
      expect(allOf(log).equals(logFiles(join(source, `${codec}-0`)))).toBe(true);
    }
  });

  test('has indexes like those that we make of it', () => {
    for (const codec of codecs) {
      const folder = join(run.path, `index-${codec}-0`);
      mkdirSync(folder);
      for (const name of filesOf(join(whole, `${codec}-0`)))
        if (name.endsWith('.log')) cpSync(join(whole, `${codec}-0`, name), join(folder, name));
      Log.open(folder, settings, 0n)[Symbol.dispose]();
      for (const name of filesOf(join(whole, `${codec}-0`))) {
        expect(readFileSync(join(folder, name)).equals(readFileSync(join(whole, `${codec}-0`, name)))).toBe(true);
      }
    }
  });

  test('has batches that DumpLogSegments reads from our segments as well', async () => {
    for (const codec of codecs) {
      const folder = join(run.path, `again-${codec}-0`);
      const bytes = logFiles(join(whole, `${codec}-0`));
      {
        using log = Log.open(folder, settings);
        for (const batch of batchesIn(bytes)) log.append(Buffer.from(batch));
        expect(allOf(log).equals(bytes)).toBe(true);
      }
      const right = { batches: batchesIn(bytes).length, records: RECORDS, faults: [] };
      expect(await dumpLogSegments(folder, kafka)).toMatchObject(right);
      // The check itself: it says the same of what Apache Kafka wrote.
      if (codec === 'none') expect(await dumpLogSegments(join(whole, `${codec}-0`), kafka)).toMatchObject(right);
    }
  });
});

const filesOf = (folder: string) =>
  readdirSync(folder)
    .filter((name) => /^\d+\.(log|index|timeindex)$/.test(name))
    .toSorted();

/** All segments of a folder, one behind the other. */
function logFiles(folder: string): Buffer {
  const names = filesOf(folder).filter((name) => name.endsWith('.log'));
  return Buffer.concat(names.map((name) => readFileSync(join(folder, name))));
}

function batchesIn(bytes: Buffer): readonly Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readInt32BE(at + 8) + 12)
    found.push(bytes.subarray(at, at + bytes.readInt32BE(at + 8) + 12));
  return found;
}

/** What a consumer gets that reads from the start to the end. */
function allOf(log: Log): Buffer {
  const parts: Buffer[] = [];
  for (let offset = log.startOffset; offset < log.endOffset; ) {
    for (const slice of log.read(offset, 50_000, { atLeastOne: true })) {
      const bytes = Buffer.alloc(slice.bytes);
      readSync(slice.fd, bytes, 0, slice.bytes, slice.position);
      slice.release();
      // The last batch may be cut: it is read again from its own offset.
      for (const batch of batchesIn(bytes)) {
        if (batch.length < batch.readInt32BE(8) + 12) break;
        parts.push(batch);
        offset = batch.readBigInt64BE(0) + BigInt(batch.readInt32BE(23)) + 1n;
      }
    }
  }
  return Buffer.concat(parts);
}
