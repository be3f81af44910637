/** Real clients: what one writes every other reads, whatever the codec and by whichever path it is sent. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Admin, Consumer, Producer, stringDeserializers, stringSerializers } from '@platformatic/kafka';
import { CompressionTypes, Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FetchPathName } from '#broker/fetch/index.ts';
import { Guard } from '#machine/guard.ts';
import { provideJars } from '../../labs/kafka/jars.ts';
import { findJava } from '../../labs/kafka/java.ts';
import { type KafkaPrograms, runTool } from '../../labs/kafka/tool.ts';
import { Client } from './client.ts';
import { paths, type Running, running } from './running.ts';
import { fetched } from './traffic.ts';

process.env.KAFKAJS_NO_PARTITIONER_WARNING = '1';
const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'zc-clients-'));
const guard = new Guard();
let broker: Running;
let kafka: KafkaPrograms;

beforeAll(async () => {
  broker = running();
  kafka = { java: findJava(), jars: await provideJars(guard, console.log), guard };
});
afterAll(async () => {
  await broker[Symbol.asyncDispose]();
  await guard.release();
  rmSync(folder, { recursive: true });
});

const at = (path: FetchPathName) => `127.0.0.1:${broker.port(path)}`;

const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;
type Codec = (typeof codecs)[number];

/** Text that compresses, and tells who wrote it. */
const messages = (writer: string, codec: Codec) =>
  Array.from({ length: 50 }, (_, index) => `${writer} ${codec} ${index} ${'abc'.repeat(index)}`);

interface RealClient {
  readonly name: string;
  readonly writes: readonly Codec[];
  readonly reads: readonly Codec[];
  write(topic: string, codec: Codec, values: readonly string[]): Promise<void>;
  read(topic: string, path: FetchPathName, count: number): Promise<readonly string[]>;
}

const kcat: RealClient = {
  name: 'kcat',
  writes: codecs,
  reads: codecs,
  async write(topic, codec, values) {
    const file = join(folder, `${topic}.txt`);
    writeFileSync(file, values.map((value) => `${value}\n`).join(''));
    await run('kcat', ['-b', at('sendfile'), '-P', '-t', topic, '-z', codec, '-l', file]);
  },
  async read(topic, path) {
    const { stdout } = await run('kcat', ['-b', at(path), '-C', '-t', topic, '-o', 'beginning', '-e', '-q']);
    return stdout.trimEnd().split('\n');
  },
};

const kafkajs: RealClient = {
  name: 'kafkajs',
  writes: ['none', 'gzip'],
  reads: ['none', 'gzip'],
  async write(topic, codec, values) {
    const producer = new Kafka({ brokers: [at('sendfile')], logLevel: logLevel.NOTHING }).producer();
    await producer.connect();
    const compression = codec === 'gzip' ? CompressionTypes.GZIP : CompressionTypes.None;
    await producer.send({ topic, compression, messages: values.map((value) => ({ value })) });
    await producer.disconnect();
  },
  async read(topic, path, count) {
    const kafka = new Kafka({ brokers: [at(path)], logLevel: logLevel.NOTHING });
    const consumer = kafka.consumer({ groupId: `kafkajs-${topic}-${path}` });
    const values: string[] = [];
    const all = Promise.withResolvers<void>();
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message }) => {
        values.push(String(message.value));
        if (values.length === count) all.resolve();
      },
    });
    await all.promise;
    await consumer.disconnect();
    return values;
  },
};

const platformatic: RealClient = {
  name: '@platformatic/kafka',
  // Snappy and lz4 take packages of their own there.
  writes: ['none', 'gzip', 'zstd'],
  reads: ['none', 'gzip', 'zstd'],
  async write(topic, codec, values) {
    const producer = new Producer({
      clientId: 'test',
      bootstrapBrokers: [at('sendfile')],
      serializers: stringSerializers,
      compression: codec as 'none' | 'gzip' | 'zstd',
    });
    await producer.send({ messages: values.map((value) => ({ topic, value })) });
    await producer.close();
  },
  async read(topic, path, count) {
    const consumer = new Consumer({
      clientId: 'test',
      bootstrapBrokers: [at(path)],
      groupId: `platformatic-${topic}-${path}`,
      deserializers: stringDeserializers,
    });
    const stream = await consumer.consume({ topics: [topic], mode: 'earliest' });
    const values: string[] = [];
    for await (const { value } of stream) {
      values.push(value ?? '');
      if (values.length === count) break;
    }
    await stream.close();
    await consumer.close(true);
    return values;
  },
};

const java: RealClient = {
  name: "Apache Kafka's tools",
  writes: codecs,
  reads: codecs,
  async write(topic, codec, values) {
    const input = join(folder, `java-${topic}.txt`);
    writeFileSync(input, values.map((value) => `${value}\n`).join(''));
    const args = ['--bootstrap-server', at('sendfile'), '--topic', topic, '--compression-codec', codec];
    await runTool('consoleProducer', args, kafka, { input });
  },
  async read(topic, path, count) {
    const output = join(folder, `java-${topic}-${path}.txt`);
    const args = [
      '--bootstrap-server',
      at(path),
      '--topic',
      topic,
      '--from-beginning',
      '--max-messages',
      String(count),
    ];
    await runTool('consoleConsumer', args, kafka, { output });
    return readFileSync(output, 'utf8').trimEnd().split('\n');
  },
};

const clients = [kcat, kafkajs, platformatic, java];

describe.each(codecs)('records with compression %s', (codec) => {
  const topic = `of-${codec}`;
  const writers = clients.filter(({ writes }) => writes.includes(codec));
  const written = writers.flatMap(({ name }) => messages(name, codec));

  beforeAll(async () => {
    for (const { name, write } of writers) await write(topic, codec, messages(name, codec));
  });

  const readers = clients.filter(({ reads }) => reads.includes(codec));
  const cases = readers.flatMap((reader) => paths.map((path) => [reader.name, path, reader] as const));
  it.each(cases)('are read by %s, sent by %s', async (_, path, reader) => {
    expect(await reader.read(topic, path, written.length)).toEqual(written);
  });

  it('are the same bytes by every path', async () => {
    const copies = await Promise.all(
      paths.map(async (path) => {
        using client = await Client.connect(broker.port(path));
        return await fetched(client, topic, 10_000);
      }),
    );
    expect(copies.map((bytes) => bytes.equals(copies[0]!))).toEqual([true, true, true]);
    expect(copies[0]!.length).toBeGreaterThan(0);
    // Bits 0 to 2 of the attributes: the codec that was asked for, but in a batch that would only grow by it.
    const stored = attributesOf(copies[0]!).map((attributes) => codecs[attributes & 7]);
    expect(stored.filter((one) => one === codec).length).toBeGreaterThanOrEqual(writers.length);
    expect(stored.filter((one) => one !== codec && one !== 'none')).toEqual([]);
  });
});

function attributesOf(bytes: Buffer): readonly number[] {
  const found: number[] = [];
  for (let at = 0; at < bytes.length; at += 12 + bytes.readInt32BE(at + 8)) found.push(bytes.readInt16BE(at + 21));
  return found;
}

describe('groups', () => {
  it('share the partitions among members of kafkajs, and go on where they committed', async () => {
    const kafka = new Kafka({ brokers: [at('sendfile')], logLevel: logLevel.NOTHING });
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: 'shared', numPartitions: 4 }] });
    const members = [0, 1].map(() => kafka.consumer({ groupId: 'sharing' }));
    const owned = members.map((): readonly number[] => []);
    const seen: string[] = [];
    for (const [index, member] of members.entries()) {
      await member.connect();
      await member.subscribe({ topic: 'shared', fromBeginning: true });
      member.on(member.events.GROUP_JOIN, ({ payload }) => {
        owned[index] = payload.memberAssignment.shared ?? [];
      });
      await member.run({ eachMessage: async ({ message }) => void seen.push(String(message.value)) });
    }
    await until(() => owned.every((partitions) => partitions.length === 2));
    expect(owned.flat().toSorted()).toEqual([0, 1, 2, 3]);
    const producer = kafka.producer();
    await producer.connect();
    const values = Array.from({ length: 40 }, (_, index) => `v${index}`);
    await producer.send({ topic: 'shared', messages: values.map((value, index) => ({ value, partition: index % 4 })) });
    await until(() => seen.length === values.length);
    expect(seen.toSorted()).toEqual(values.toSorted());
    for (const member of members) await member.disconnect();

    const { stdout } = await run('kcat', ['-b', at('mapped'), '-G', 'sharing', '-e', '-q', 'shared']);
    expect(stdout).toBe('');
    const committed = await admin.fetchOffsets({ groupId: 'sharing', topics: ['shared'] });
    expect(committed[0]!.partitions.map(({ offset }) => offset)).toEqual(['10', '10', '10', '10']);
    await producer.disconnect();
    await admin.disconnect();
  });

  it('name a topic that is there already', async () => {
    const admin = new Admin({ clientId: 'test', bootstrapBrokers: [at('sendfile')] });
    await admin.createTopics({ topics: ['twice'], partitions: 1, replicas: 1 });
    await expect(admin.createTopics({ topics: ['twice'], partitions: 1, replicas: 1 })).rejects.toThrow();
    await admin.close();
  });
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('100,000 records of 100 bytes by kcat', () => {
  const file = join(folder, 'many.txt');
  beforeAll(async () => {
    writeFileSync(file, Array.from({ length: 100_000 }, (_, index) => `${String(index).padStart(99, '.')}\n`).join(''));
    await run('kcat', ['-b', at('copying'), '-P', '-t', 'many', '-l', file]);
  });

  it.each(paths)('are equal when they are sent by %s', async (path) => {
    const out = join(folder, `${path}.txt`);
    await run('/bin/sh', ['-c', `kcat -b ${at(path)} -C -t many -o beginning -e -q > "$1"`, 'sh', out]);
    expect(await digest(out)).toBe(await digest(file));
  });
});

describe("Apache Kafka's own tools", () => {
  it('make a topic, and tell what it is', async () => {
    const bootstrap = ['--bootstrap-server', at('sendfile')];
    await runTool('topics', [...bootstrap, '--create', '--topic', 'made', '--partitions', '3'], kafka);
    expect(await runTool('topics', [...bootstrap, '--list'], kafka)).toMatch(/^made$/m);
  });

  it.each(paths)('write 100,000 records of 100 bytes and read them, sent by %s', async (path) => {
    const count = ['--topic', `perf-${path}`, '--num-records', '100000'];
    const bootstrap = ['--bootstrap-server', at(path)];
    const written = await runTool(
      'perfProducer',
      [...bootstrap, ...count, '--record-size', '100', '--throughput', '-1'],
      kafka,
    );
    expect(written).toMatch(/^100000 records sent/m);
    const read = await runTool('perfConsumer', [...bootstrap, ...count], kafka);
    const [, , megabytes, , records] = read.trim().split('\n').at(-1)!.split(', ');
    expect([megabytes, records]).toEqual(['9.5367', '100000']);
  });
});

async function digest(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(file)) hash.update(bytes);
  return hash.digest('hex');
}
