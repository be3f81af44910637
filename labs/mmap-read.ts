/**
 * What does mmap cost?
 *
 * Shows: what it takes to look at every byte of a file by read and through mappings of four kinds, in page faults, memory and
 * CPU; what happens to a mapping when somebody cuts the file; what a mapping reaches, and what not; and how often unmapping
 * interrupts another thread of the program.
 * Leaves out: writing through mappings in earnest, files larger than memory, and many threads that map at once.
 */
import { join } from 'node:path';
import { runFile } from '#cli/run-file.ts';
import { advice, fstat, MAP_POPULATE, Mapping, mapFile, open, pageSize } from '#libc';
import { freeMemory } from '#machine/free-memory.ts';
import { ownMemory } from '#machine/own-memory.ts';
import { defineLab } from '#measure/lab.ts';
import { findLastByte, makeLastByteFile } from '#measure/last-byte-file.ts';
import { changeIt, comeAndGo, cutIt, reachKernel } from '#measure/mapping-scenes.ts';
import { affordable, type Session } from '#measure/session.ts';
import { evict, warm } from '#measure/source-file.ts';
import type { PreparedTask, Task, TaskSetting } from '#measure/task.ts';
import { timeTasks } from '#measure/tasks.ts';
import { given, preadWhole } from '#measure/whole.ts';
import type { Factors } from '#model/result.ts';

const KiB = 1024;
const MiB = 1024 * KiB;
const BUFFER = 64 * KiB;
const scenes = ['file in memory', 'file on disk', 'file cut', 'file written', 'kernel', 'one thread', 'two threads'];
const fileOf = ({ folder, factors }: TaskSetting) => join(folder, `${factors.scene}.bin`);

/** Looks at all of a file and keeps what that needed: what it holds then is seen afterwards. */
type Look = (fd: number, bytes: number) => { at: number; kept: Disposable };

const looks: Readonly<Record<string, Look>> = {
  read(fd, bytes) {
    const kept = Mapping.anonymous(BUFFER);
    for (let offset = 0; ; offset += BUFFER) {
      const count = Math.min(BUFFER, bytes - offset);
      preadWhole(fd, kept.address, count, offset);
      const found = findLastByte(kept.address, count);
      if (found >= 0) return { at: offset + found, kept };
    }
  },
  'read-whole'(fd, bytes) {
    const kept = Mapping.anonymous(bytes);
    preadWhole(fd, kept.address, bytes, 0);
    return { at: findLastByte(kept.address, bytes), kept };
  },
  mmap: mapped(advice.normal),
  'mmap-populate': mapped(advice.normal, MAP_POPULATE),
  'mmap-will-need': mapped(advice.willNeed),
  'mmap-random': mapped(advice.random),
};

function mapped(advised: number, flags = 0): Look {
  return (fd, bytes) => {
    const kept = new Mapping(given('mmap', mapFile(fd, 0, bytes, 0, flags)), bytes);
    if (advised !== advice.normal) kept.advise(advised);
    return { at: findLastByte(kept.address, bytes), kept };
  };
}

/** Looks at a whole file; memory is looked at while the buffer or the mapping stands. */
function lookAt(look: Look, setting: TaskSetting): PreparedTask {
  const cold = setting.factors.scene === 'file on disk';
  const path = fileOf(setting);
  if (cold) evict(path);
  else warm(path);
  const file = open(path);
  const bytes = fstat(file.fd).size;
  let kept: Disposable | undefined;
  const [own, free] = [ownMemory(), freeMemory()];
  return {
    run() {
      const looked = look(file.fd, bytes);
      kept = looked.kept;
      return { bytes, check: String(looked.at) };
    },
    after(work) {
      const [ownNow, freeNow] = [ownMemory(), freeMemory()];
      const residentBytes = ownNow.resident - own.resident;
      const tableBytes = ownNow.tables - own.tables;
      // A file that comes from the disk stays in memory whoever read it: only for a warm one does this say something.
      const takenBytes = free.available + free.inLists - freeNow.available - freeNow.inLists;
      return { ...work, extra: { residentBytes, tableBytes, ...(cold ? {} : { takenBytes }) } };
    },
    [Symbol.dispose]() {
      kept?.[Symbol.dispose]();
      file[Symbol.dispose]();
    },
  };
}

function task(variant: string, look: Look): Task {
  const by = variant === 'read' ? 'read' : 'mmap';
  return (setting) => {
    const path = fileOf(setting);
    switch (setting.factors.scene) {
      case 'file cut':
        return cutIt(by, path);
      case 'file written':
        return changeIt(by, path);
      case 'kernel':
        return reachKernel(by, path);
      case 'one thread':
        return comeAndGo(by, path, 1);
      case 'two threads':
        return comeAndGo(by, path, 2);
      default:
        return lookAt(look, setting);
    }
  };
}

const amount = {
  settings: scenes.map((scene) => ({ scene })),
  /** The kinds of mapping are compared where a file is looked at; elsewhere a mapping is a mapping. */
  skip: (variant: string, { scene }: Factors) =>
    !['file in memory', 'file on disk'].includes(String(scene)) && !['read', 'mmap'].includes(variant),
};
const cost = { diskBytes: 150 * MiB, memoryBytes: 400 * MiB };

const lab = defineLab({
  id: 'mmap-read',
  kind: 'time',
  title: 'What mmap costs: faults, memory, and surprises',
  question: 'What does it cost to look at a file through a mapping, in page faults, in memory and in hazards?',
  first: null,
  shows: [
    'page faults, resident size, page tables, available memory and CPU of one look at every byte, by read and by four mappings',
    'what a mapping does when its file is cut (zeros, then SIGBUS), and that it reaches the page cache but not the kernel',
    'how often unmapping interrupts the other threads of a program',
  ],
  leavesOut: ['files larger than memory', 'many threads that map at once', 'writing through mappings in earnest'],
  needs: [
    { need: 'a work folder on a disk', without: 'the scene with a file on disk is left out' },
    { need: 'x86-64, and two CPUs', without: 'interrupts by unmapping are not counted' },
  ],
  variants: {
    read: 'read, 64 KiB buffer',
    'read-whole': 'read into own memory',
    mmap: 'mmap',
    'mmap-populate': 'mmap, MAP_POPULATE',
    'mmap-will-need': 'mmap, MADV_WILLNEED',
    'mmap-random': 'mmap, MADV_RANDOM',
  },
  tasks: Object.fromEntries(Object.entries(looks).map(([variant, look]) => [variant, task(variant, look)])),
  baseline: 'read',
  answer: {
    shape: 'facts',
    columns: [
      'wallNs',
      'minorFaults',
      'majorFaults',
      'extra.residentBytes',
      'extra.takenBytes',
      'extra.tableBytes',
      'extra.zeroBytes',
      'extra.busErrors',
      'extra.seenBytes',
      'extra.refused',
      'extra.shootdowns',
    ],
    says: 'A mapping took {mmap[scene=file in memory].minorFaults} page faults and no copy, raised the resident size by {mmap[scene=file in memory].extra.residentBytes} and took {mmap[scene=file in memory].extra.takenBytes} of available memory. When the file was cut, {mmap[scene=file cut].extra.zeroBytes} of zeros took its place; ended by SIGBUS behind them: {mmap[scene=file cut].extra.busErrors}.',
  },
  quantities: {
    residentBytes: { title: 'resident size', unit: 'bytes' },
    takenBytes: { title: 'available memory taken', unit: 'bytes' },
    tableBytes: { title: 'page tables', unit: 'bytes' },
    zeroBytes: { title: 'zeros after the cut', unit: 'bytes' },
    busErrors: { title: 'ended by SIGBUS', unit: 'yes-no' },
    kernelBytes: { title: 'bytes of the kernel', unit: 'bytes' },
    refused: { title: 'kernel memory refused', unit: 'yes-no' },
    seenBytes: { title: 'change seen by others', unit: 'bytes' },
    shootdowns: { title: 'other CPUs interrupted', unit: 'count' },
    operations: { title: 'looks', unit: 'count' },
  },
  factors: { scene: '{}' },
  cost: {
    quick: { ...cost, seconds: 20 },
    default: { ...cost, seconds: 35 },
    full: { diskBytes: 530 * MiB, memoryBytes: 1100 * MiB, seconds: 110 },
  },
  run: timeTasks(
    { quick: { ...amount, rounds: 9 }, default: { ...amount, rounds: 15 }, full: { ...amount, rounds: 21 } },
    { cache: 'both', prepare: makeFiles },
  ),
});

function makeFiles({ folder, request, work }: Session): void {
  const bytes = affordable(request.bytes ?? (request.mode === 'full' ? 512 : 128) * MiB, work);
  const large = Math.max(BUFFER, Math.floor(bytes / BUFFER) * BUFFER);
  const make = (scene: string, size: number) => makeLastByteFile(join(folder, `${scene}.bin`), size, request.seed);
  make('file in memory', large);
  make('file on disk', Math.min(large, 8 * MiB));
  for (const scene of ['one thread', 'two threads']) make(scene, pageSize());
}

export default lab;

runFile(import.meta, lab);
