/**
 * From what size does mmap or sendfile pay?
 *
 * Shows: a warm file is opened, looked at byte by byte and closed, by read and by mmap, and sent to a socket by read + write,
 * mmap + write and sendfile; for each size what that costs, and the range of sizes in which the cheaper way changes.
 * Leaves out: files that are not in memory, mappings that stay (one that is kept for a thousand looks pays once), and what
 * the other threads of a program pay when one of them unmaps (mmap-read).
 */
import { runFile } from '#cli/run-file.ts';
import { close, findByte, Mapping, MappingPlace, mapFile, OffsetCell, openAt, unmap } from '#libc';
import { arrivingOnce, Drain, startDrain } from '#measure/drain.ts';
import { defineLab } from '#measure/lab.ts';
import { END_BYTE, FILES, makeSmallFiles, SmallFiles } from '#measure/small-files.ts';
import type { Task, TaskSetting } from '#measure/task.ts';
import { type TaskAmount, timeTasks } from '#measure/tasks.ts';
import { given, readWhole, sendfileWhole, writeWhole } from '#measure/whole.ts';
import type { Factors } from '#model/result.ts';

const KiB = 1024;
const MiB = 1024 * KiB;
/** Sizes of the files, and how many are opened in a sample, to look at and to send: enough for the cheapest way to take 5 ms. */
const OPERATIONS = new Map([
  [4 * KiB, { look: 4000, send: 1800 }],
  [16 * KiB, { look: 3000, send: 1200 }],
  [64 * KiB, { look: 1500, send: 900 }],
  [256 * KiB, { look: 400, send: 300 }],
  [MiB, { look: 128, send: 72 }],
]);

/** What the ways work with: addresses of a buffer and of a place to map at, and an offset for sendfile. */
interface Tools {
  readonly buffer: number;
  readonly place: number;
  readonly cell: OffsetCell;
}
/** What a way does with an open file: finds its last byte and says where, or sends it `to` a socket. */
type Look = (fd: number, bytes: number, tools: Tools) => number;
type Send = (fd: number, bytes: number, to: number, tools: Tools) => void;
interface Way {
  readonly look?: Look;
  readonly send: Send;
}

const ways: Readonly<Record<string, Way>> = {
  read: {
    look(fd, bytes, { buffer }) {
      readWhole(fd, buffer, bytes);
      return findByte(buffer, bytes, END_BYTE);
    },
    send(fd, bytes, to, { buffer }) {
      readWhole(fd, buffer, bytes);
      writeWhole(to, buffer, bytes);
    },
  },
  mmap: {
    look(fd, bytes, { place }) {
      const address = given('mmap', mapFile(fd, 0, bytes, place));
      const found = findByte(address, bytes, END_BYTE);
      unmap(address, bytes);
      return found;
    },
    send(fd, bytes, to, { place }) {
      const address = given('mmap', mapFile(fd, 0, bytes, place));
      writeWhole(to, address, bytes);
      unmap(address, bytes);
    },
  },
  sendfile: {
    send(fd, bytes, to, { cell }) {
      sendfileWhole(to, fd, cell, 0, bytes);
    },
  },
};

/** A way as a task: opens file after file, looks at it or sends it, and closes it. */
function task(name: string, { look, send }: Way): Task {
  return ({ folder, factors, bytes: asked }: TaskSetting) => {
    const bytes = Number(factors.bytes);
    const usual = OPERATIONS.get(bytes)?.[factors.link === undefined ? 'look' : 'send'] as number;
    const operations = asked === null ? usual : Math.max(FILES, Math.ceil(asked / bytes));
    const files = new SmallFiles(folder, bytes);
    const buffer = Mapping.anonymous(bytes);
    buffer.view().fill(1);
    const place = new MappingPlace();
    const tools: Tools = { buffer: buffer.address, place: place.address, cell: new OffsetCell() };

    const lookAt = () => {
      let found = 0;
      for (let at = 0; at < operations; at++) {
        const fd = given('open', openAt(files.path(at)));
        found += (look as Look)(fd, bytes, tools);
        close(fd);
      }
      return found;
    };
    const sendTo = (drain: Drain, count: number) => {
      for (let at = 0; at < count; at++) {
        const fd = given('open', openAt(files.path(at)));
        send(fd, bytes, drain.fd, tools);
        close(fd);
      }
      return drain.receipt();
    };
    const order = (count: number, hash: boolean) => {
      const drain = new Drain(folder);
      drain.order({ bytes: bytes * count, answers: 1, asking: false, hash });
      return drain;
    };

    const arriving = () => {
      using drain = order(FILES, true);
      return sendTo(drain, FILES);
    };
    const toSocket = factors.link === 'tcp';
    const check = toSocket ? arrivingOnce(`${name} ${bytes}`, arriving) : null;
    const drain = toSocket ? order(operations, false) : null;
    return {
      run() {
        const done = { bytes: bytes * operations, extra: { operations } };
        if (!drain || check === null) return { ...done, check: String(lookAt()) };
        return { ...done, check, receiverCpuNs: sendTo(drain, operations).cpuNs };
      },
      [Symbol.dispose]() {
        for (const one of [files, buffer, place, tools.cell, drain]) one?.[Symbol.dispose]();
      },
    };
  };
}

const sizes = [...OPERATIONS.keys()];
const settings: Factors[] = [
  ...sizes.map((bytes) => ({ work: 'to look at', bytes })),
  ...sizes.map((bytes) => ({ link: 'tcp', bytes })),
];
const skip: TaskAmount['skip'] = (variant, { link }) => variant === 'sendfile' && link === undefined;
const cost = { diskBytes: 22 * MiB, memoryBytes: 250 * MiB };

const lab = defineLab({
  id: 'file-size',
  kind: 'time',
  title: 'Small files and large ones',
  question: 'From what size of a file does mmap or sendfile pay?',
  first: null,
  shows: [
    'CPU time to open a file, look at every byte and close it, by read and by mmap, for five sizes',
    'the same to send it over loopback TCP by read + write, mmap + write and sendfile, sender and receiver together',
  ],
  leavesOut: [
    'files that are not in memory',
    'mappings that stay and are used again',
    'a network card',
    'what unmapping costs the other threads of a program',
  ],
  needs: [],
  variants: { read: 'read', mmap: 'mmap', sendfile: 'sendfile' },
  tasks: Object.fromEntries(Object.entries(ways).map(([name, way]) => [name, task(name, way)])),
  baseline: 'read',
  answer: { shape: 'crossover', measure: 'totalCpuNs', per: 'operation', along: 'bytes' },
  factors: { bytes: 'files of {}', work: '{}' },
  cost: { quick: { ...cost, seconds: 15 }, default: { ...cost, seconds: 35 }, full: { ...cost, seconds: 70 } },
  run: timeTasks(
    {
      quick: { rounds: 25, settings, skip },
      default: { rounds: 21, settings, skip },
      full: { rounds: 41, settings, skip },
    },
    {
      async prepare(session) {
        for (const bytes of OPERATIONS.keys()) makeSmallFiles(session.folder, bytes, session.request.seed);
        await startDrain(session);
      },
    },
  ),
});

export default lab;

runFile(import.meta, lab);
