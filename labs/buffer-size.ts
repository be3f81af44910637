/**
 * How much of the gain is the buffer, and how much more does batching give?
 *
 * Shows: the same bytes sent by read + write and by sendfile, in calls of 100 bytes to 1 MiB: what the size of a call costs,
 * and what is left of the gain of sendfile at each size. Then answers of 63.5 KiB to requests, with and without a header, from
 * the start of a page and from inside of one: sendfile gains or loses by that alone.
 * Leaves out: a network card, files that are not in memory, many connections, and what makes up a batch.
 */
import { join } from 'node:path';
import { runFile } from '#cli/run-file.ts';
import { Mapping, MSG_MORE, OffsetCell, open, send, tcpInfo } from '#libc';
import { arrivingOnce, Drain, startDrain } from '#measure/drain.ts';
import type { Receipt } from '#measure/drain-protocol.ts';
import { defineLab } from '#measure/lab.ts';
import { makeSourceFile, warm } from '#measure/source-file.ts';
import type { Task } from '#measure/task.ts';
import { timeTasks } from '#measure/tasks.ts';
import { given, preadWhole, sendfileWhole, writeWhole } from '#measure/whole.ts';
import type { Factors } from '#model/result.ts';

const KiB = 1024;
const MiB = 1024 * KiB;
const FILE_BYTES = 40 * MiB;
/** Calls of a sample at most: 100 bytes each are one MiB then. */
const MOST_CALLS = 10_000;
/** Answers of a sample; how far their slices lie apart; and their size: with a header still one segment of loopback. */
const ANSWERS = 200;
const SLICE_BYTES = 64 * KiB;
const ANSWER_BYTES = 65_024;
/** Bytes of a header, at most. Kafka's fetch response has some sixty before the records of one partition. */
const MOST_HEADER = 60;
/** Answers of a sample when --size asks for less. */
const TOY_ANSWERS = 40;
/** Answers whose bytes are hashed before anything is measured. */
const HASHED = 8;

/** Sends `count` bytes from `offset` of the file, in calls of `chunk` bytes; `calls` counts them. */
interface Way {
  readonly chunked: boolean;
  send(to: number, file: number, offset: number, count: number, tools: Tools): number;
}
interface Tools {
  readonly buffer: number;
  readonly cell: OffsetCell;
}

const ways: Readonly<Record<string, Way>> = {
  'read-write': {
    chunked: true,
    send(to, file, offset, count, { buffer }) {
      return preadWhole(file, buffer, count, offset) + writeWhole(to, buffer, count);
    },
  },
  sendfile: {
    chunked: true,
    send: (to, file, offset, count, { cell }) => sendfileWhole(to, file, cell, offset, count),
  },
  'sendfile-whole': {
    chunked: false,
    send: (to, file, offset, count, { cell }) => sendfileWhole(to, file, cell, offset, count),
  },
};

/** A stream in calls of one size, or answers to requests: `headerBytes` says which. */
function task(name: string, way: Way): Task {
  return ({ folder, factors, bytes: asked }) => {
    const chunk = Number(factors.chunk);
    const file = open(join(folder, 'source.bin'));
    const buffer = Mapping.anonymous(Math.max(chunk, ANSWER_BYTES));
    buffer.view().fill(1);
    const tools: Tools = { buffer: buffer.address, cell: new OffsetCell() };
    const head = Mapping.anonymous(MOST_HEADER);
    const header = factors.headerBytes === undefined ? null : Number(factors.headerBytes);
    const start = Number(factors.offsetBytes ?? 0);
    const most = Math.min(asked ?? FILE_BYTES, FILE_BYTES, chunk * MOST_CALLS);
    const streamed = Math.max(chunk, Math.floor(most / chunk) * chunk);
    const answers = asked === null ? ANSWERS : TOY_ANSWERS;

    const stream = (drain: Drain, count: number): number => {
      let calls = 0;
      const step = way.chunked ? chunk : count;
      for (let offset = 0; offset < count; offset += step) {
        calls += way.send(drain.fd, file.fd, offset, Math.min(step, count - offset), tools);
      }
      return calls;
    };
    const answer = (drain: Drain, count: number): number => {
      let calls = 0;
      for (let at = 0; at < count; at++) {
        drain.awaitAsking();
        // MSG_MORE: the header waits for what follows, so that both can go in one segment (send(2)).
        if (header) given('send', send(drain.fd, head.address, header, MSG_MORE));
        const offset = start + ((at * SLICE_BYTES) % (FILE_BYTES - SLICE_BYTES));
        calls += way.send(drain.fd, file.fd, offset, ANSWER_BYTES, tools);
      }
      return calls;
    };
    const order = (count: number, hash: boolean) => {
      const drain = new Drain(folder);
      if (header === null) drain.order({ bytes: count, answers: 1, asking: false, hash });
      else drain.order({ bytes: header + ANSWER_BYTES, answers: count, asking: true, hash });
      return drain;
    };
    const arriving = (): Receipt => {
      const count = header === null ? Math.min(streamed, 4 * chunk) : HASHED;
      using drain = order(count, true);
      (header === null ? stream : answer)(drain, count);
      return drain.receipt();
    };

    const check = arrivingOnce(`${name} ${JSON.stringify(factors)}`, arriving);
    const drain = order(header === null ? streamed : answers, false);
    const before = tcpInfo(drain.fd).dataSegments;
    return {
      run() {
        const calls = header === null ? stream(drain, streamed) : answer(drain, answers);
        const { cpuNs, receives } = drain.receipt();
        const bytes = header === null ? streamed : answers * (header + ANSWER_BYTES);
        if (header === null) return { bytes, check, receiverCpuNs: cpuNs, extra: { calls } };
        const segmentsPerAnswer = (tcpInfo(drain.fd).dataSegments - before) / answers;
        const extra = { calls, operations: answers, segmentsPerAnswer, receivesPerAnswer: receives / answers };
        return { bytes, check, receiverCpuNs: cpuNs, extra };
      },
      [Symbol.dispose]() {
        for (const one of [drain, file, buffer, head, tools.cell]) one[Symbol.dispose]();
      },
    };
  };
}

const settings: Factors[] = [
  ...[100, KiB, 4 * KiB, 64 * KiB, MiB].map((chunk) => ({ link: 'tcp', chunk })),
  ...[0, MOST_HEADER].flatMap((headerBytes) =>
    [0, 2 * KiB].map((offsetBytes) => ({ link: 'tcp', chunk: ANSWER_BYTES, headerBytes, offsetBytes })),
  ),
];
/** Of the answers the best and the worst, and the sizes of a call that are far apart. */
const isTelling = ({ chunk, headerBytes, offsetBytes }: Factors): boolean =>
  headerBytes === undefined ? chunk !== KiB : (headerBytes === 0) === (offsetBytes === 0);
/**
 * One call for a whole stream is no way to send an answer that is one call anyway; and streams of small calls are short, so
 * that one call would be over too soon to be timed.
 */
const skip = (variant: string, { chunk, headerBytes }: Factors) =>
  variant === 'sendfile-whole' && (headerBytes !== undefined || Number(chunk) < 4 * KiB);
const cost = { diskBytes: FILE_BYTES, memoryBytes: 300 * MiB };

const lab = defineLab({
  id: 'buffer-size',
  kind: 'time',
  title: 'The buffer, the batch, and one page too many',
  question: 'How much of the gain is the buffer of the baseline, and how much more does batching give?',
  first: null,
  shows: [
    'CPU of sender and receiver to send the same bytes in calls of 100 bytes to 1 MiB, by read + write and by sendfile',
    'answers of 63.5 KiB to requests, with and without a header, from the start of a page and from inside of one',
  ],
  leavesOut: ['a network card', 'files that are not in memory', 'many connections', 'what it takes to make up a batch'],
  needs: [],
  variants: {
    'read-write': 'read + write',
    sendfile: 'sendfile',
    'sendfile-whole': 'sendfile, one call for all',
  },
  tasks: Object.fromEntries(Object.entries(ways).map(([name, way]) => [name, task(name, way)])),
  baseline: 'read-write',
  answer: { shape: 'crossover', measure: 'totalCpuNs', per: 'GiB', along: 'chunk' },
  quantities: {
    calls: { title: 'calls that moved bytes', unit: 'count' },
    operations: { title: 'answers', unit: 'count' },
    segmentsPerAnswer: { title: 'segments an answer', unit: 'count' },
    receivesPerAnswer: { title: 'receives an answer', unit: 'count' },
  },
  factors: { headerBytes: 'answers with a header of {}', offsetBytes: 'starting {} into a page' },
  cost: { quick: { ...cost, seconds: 20 }, default: { ...cost, seconds: 40 }, full: { ...cost, seconds: 80 } },
  run: timeTasks(
    {
      quick: { rounds: 25, settings: settings.filter(isTelling), skip },
      default: { rounds: 21, settings, skip },
      full: { rounds: 41, settings, skip },
    },
    {
      async prepare(session) {
        warm(makeSourceFile(session.folder, FILE_BYTES, session.request.seed).path);
        await startDrain(session);
      },
    },
  ),
});

export default lab;

runFile(import.meta, lab);
