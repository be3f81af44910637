/**
 * A Kafka client that measures: makes topics, produces, and fetches without looking at what comes, on one connection or
 * many. Any broker will do. Program: started by labs with machine/child.ts, pinned.
 */
import { createHash } from 'node:crypto';
import { Meter } from '#libc';
import { answerQuestions } from '#machine/answering.ts';
import { errors } from '../wire/errors.ts';
import type { BatchPlaces } from './batch-places.ts';
import { Connection, type Conversation } from './connection.ts';
import { Consumer, type Fetched, fetchAll } from './consumer.ts';
import { FetchFrames } from './fetch-frames.ts';
import { requestFrame, responseBody } from './frames.ts';
import { batchOfBytes } from './make-batches.ts';
import type {
  ClientQuestion,
  FetchAnswer,
  LeaveAnswer,
  LookAnswer,
  PacedAnswer,
  ProduceAnswer,
  Target,
} from './protocol.ts';
import { TlsConnection } from './tls-connection.ts';

/** Different batches that are produced in turn. */
const BATCHES = 7;
/** Fetches of each connection before the first that is timed. */
const WARM_UP = 2;

const meter = new Meter();
const places = new Map<string, BatchPlaces>();
/** Consumers that stay connected from sample to sample, as real ones do. */
const consumers = new Map<string, Consumer[]>();
const stalled: Connection[] = [];
let stalledAt: FetchFrames | undefined;

await answerQuestions<ClientQuestion>(async (question) => {
  switch (question.do) {
    case 'create':
      return create(question);
    case 'produce':
      return produce(question);
    case 'look':
      return await look(question.at);
    case 'open':
      return await openAll(question.at);
    case 'fetch':
      return await fetch(question.at, question.fetches);
    case 'paced':
      return await paced(question);
    case 'stall':
      return stall(question.at);
    case 'leave':
      return leave();
  }
});

function create({ port, topic }: Extract<ClientQuestion, { do: 'create' }>): object {
  using connection = new Connection({ port });
  const one = { name: topic, numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };
  connection.send(requestFrame('createTopics', 3, { topics: [one], timeoutMs: 10_000, validateOnly: false }));
  const code = responseBody('createTopics', 3, frameOf(connection)).topics[0]?.errorCode;
  if (code !== errors.NONE) throw new Error(`Cannot make topic '${topic}': the broker answered with error ${code}`);
  return {};
}

/** One batch a request, as Apache Kafka wants it. */
function produce({ port, topic, batchBytes, bytes }: Extract<ClientQuestion, { do: 'produce' }>): ProduceAnswer {
  using connection = new Connection({ port });
  const batches = Array.from({ length: BATCHES }, () => batchOfBytes(batchBytes));
  const frames = batches.map((records) =>
    requestFrame('produce', 7, {
      transactionalId: null,
      acks: -1,
      timeoutMs: 10_000,
      topics: [{ name: topic, partitions: [{ index: 0, records }] }],
    }),
  );
  const count = Math.ceil(bytes / batchBytes);
  let records = 0;
  for (let made = 0; made < count; made++) {
    connection.send(frames[made % BATCHES] as Buffer);
    const [answer] = responseBody('produce', 7, frameOf(connection)).topics[0]?.partitions ?? [];
    if (answer?.errorCode !== errors.NONE)
      throw new Error(`Cannot produce to '${topic}': the broker answered with error ${answer?.errorCode}`);
    records += (batches[made % BATCHES] as Buffer).readInt32BE(57);
  }
  return { bytes: count * batchBytes, records };
}

function frameOf(connection: Connection): Buffer {
  const size = Buffer.alloc(4);
  connection.receive(size);
  const frame = Buffer.alloc(size.readInt32BE());
  connection.receive(frame);
  return frame;
}

async function look(at: Target): Promise<LookAnswer> {
  using connection = await connectTo(at);
  const hash = createHash('sha256');
  const found = await fetchAll(connection, at, (batches) => hash.update(batches));
  places.set(at.topic, found);
  return { sha256: hash.digest('hex'), bytes: found.bytes, batches: found.count };
}

async function connectTo(at: Target): Promise<Conversation> {
  return at.tls ? await TlsConnection.open(at) : new Connection(at);
}

async function openAll(at: Target): Promise<object> {
  const known = placesOf(at);
  const open = consumers.get(keyOf(at)) ?? [];
  consumers.set(keyOf(at), open);
  while (open.length < (at.consumers ?? 1)) open.push(new Consumer(await connectTo(at), at, known));
  await fetchRounds(open, WARM_UP);
  for (const one of open) one.rewind();
  return {};
}

async function fetch(at: Target, fetches: number): Promise<FetchAnswer> {
  const open = consumers.get(keyOf(at));
  if (!open) throw new Error(`Cannot fetch from '${at.topic}': nobody has connected for it`);
  const received = () => open.reduce((sum, { connection }) => sum + connection.receives, 0);
  const [receivedBefore, cpuBefore, startNs] = [received(), meter.cpuNs(), meter.monotonicNs()];
  const rounds = Math.ceil(fetches / open.length);
  const done = await fetchRounds(open, rounds);
  const wallNs = meter.monotonicNs() - startNs;
  const cpuNs = meter.cpuNs() - cpuBefore;
  return { ...done, wallNs, cpuNs, fetches: rounds * open.length, receives: received() - receivedBefore };
}

/** All ask, then all are answered, and so on: what one is sent, the others have asked for meanwhile. */
async function fetchRounds(open: readonly Consumer[], rounds: number): Promise<Fetched> {
  let [bytes, wholeBytes] = [0, 0];
  for (let round = 0; round < rounds; round++) {
    for (const one of open) one.ask();
    for (const one of open) {
      const answer = one.answer();
      // Not awaited unless it has to be: a turn of the event loop would be the client's, and is not asked about.
      const came = answer instanceof Promise ? await answer : answer;
      bytes += came.bytes;
      wholeBytes += came.wholeBytes;
    }
  }
  return { bytes, wholeBytes };
}

async function paced({ at, requests, intervalNs }: Extract<ClientQuestion, { do: 'paced' }>): Promise<PacedAnswer> {
  using one = new Consumer(await connectTo(at), at, placesOf(at));
  await fetchRounds([one], WARM_UP);
  const latenciesNs: number[] = new Array(requests).fill(0);
  const startNs = meter.monotonicNs() + intervalNs;
  let [bytes, endNs] = [0, startNs];
  for (let number = 0; number < requests; number++) {
    const plannedNs = startNs + number * intervalNs;
    // Spinning, not sleeping: waking up would take longer than what is measured.
    while (meter.monotonicNs() < plannedNs);
    one.ask();
    bytes += (await one.answer()).bytes;
    endNs = meter.monotonicNs();
    latenciesNs[number] = endNs - plannedNs;
  }
  return { latenciesNs, wallNs: endNs - startNs, bytes };
}

function stall(at: Target): object {
  const frames = new FetchFrames(at);
  stalledAt = frames;
  for (let made = 0; made < (at.consumers ?? 1); made++) {
    const connection = new Connection(at);
    stalled.push(connection);
    connection.send(frames.from(0n));
  }
  return {};
}

function leave(): LeaveAnswer {
  const last = stalled.at(-1);
  if (!last || !stalledAt) throw new Error('Cannot leave: nobody has stalled');
  const head = Buffer.alloc(stalledAt.headBytes);
  last.receive(head);
  const records = Buffer.alloc(stalledAt.recordsIn(head));
  last.receive(records);
  for (const connection of stalled.splice(0)) connection[Symbol.dispose]();
  return { bytes: records.length, sha256: createHash('sha256').update(records).digest('hex') };
}

function placesOf({ topic }: Target): BatchPlaces {
  const known = places.get(topic);
  if (!known) throw new Error(`Cannot fetch from '${topic}': nobody has looked where its batches begin`);
  return known;
}

function keyOf({ port, topic, maxBytes, consumers: count = 1, congestion = '', copies = false }: Target): string {
  return [port, topic, maxBytes, count, congestion, copies].join(' ');
}
