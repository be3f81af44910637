/**
 * Why does Kafka map its index?
 *
 * Shows: what it costs to find an entry of 8 bytes among a million by halves, with a pread for each step and through a
 * mapping, and what Kafka gains by searching the last 8 KiB first: calls, pages touched and CPU for each lookup, and who
 * waits for the disk when the index is not in memory.
 * Leaves out: writing to the index, several indexes that compete for memory, and locks.
 */
import { join } from 'node:path';
import { runFile } from '#cli/run-file.ts';
import { Mapping, open, pageSize, pread } from '#libc';
import { defineLab } from '#measure/lab.ts';
import {
  ENTRY_BYTES,
  makeIndex,
  type OffsetAt,
  offsetsOf,
  pagesTouched,
  search,
  searchWarmFirst,
  WARM_ENTRIES,
} from '#measure/offset-index.ts';
import { randomFrom } from '#measure/random.ts';
import { evict, warm } from '#measure/source-file.ts';
import type { Task } from '#measure/task.ts';
import { timeTasks } from '#measure/tasks.ts';

const MiB = 2 ** 20;
/** segment.index.bytes of Apache Kafka: the largest an index becomes by default. */
const INDEX_BYTES = 10 * MiB;
/** Lookups of a sample: enough for 5 ms through a mapping; fewer where the disk takes part. */
const LOOKUPS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  warm: { anywhere: 10_000, 'near the end': 36_000 },
  cold: { anywhere: 2_000, 'near the end': 3_000 },
};
const FILE = 'segment.index';

/** Reads the offsets that a search asks for. */
interface Reader extends Disposable {
  readonly offsetAt: OffsetAt;
  /** System calls so far. */
  calls(): Readonly<Record<string, number>>;
}

/** A call for each entry. */
function byPread(fd: number): Reader {
  const cell = Mapping.anonymous(ENTRY_BYTES);
  const entry = cell.view();
  let calls = 0;
  return {
    offsetAt(slot) {
      calls++;
      pread(fd, cell.address, ENTRY_BYTES, slot * ENTRY_BYTES);
      return entry.readInt32BE(0);
    },
    calls: () => ({ pread: calls }),
    [Symbol.dispose]: () => cell[Symbol.dispose](),
  };
}

/** No call, but a page fault where a page is not entered yet. */
function byMapping(fd: number, bytes: number): Reader {
  const mapping = Mapping.ofFile(fd, 0, bytes);
  const view = mapping.view();
  return {
    offsetAt: (slot) => view.readInt32BE(slot * ENTRY_BYTES),
    calls: () => ({}),
    [Symbol.dispose]: () => mapping[Symbol.dispose](),
  };
}

/** Finds the entry of an offset among all entries. */
type Find = (offsetAt: OffsetAt, target: number, entries: number) => number;
const byHalves: Find = (offsetAt, target, entries) => search(offsetAt, target, 0, entries - 1);

/** Looks up the same offsets as every other way in this round, and adds up the entries that it finds. */
function task(openReader: (fd: number, bytes: number) => Reader, find: Find): Task {
  return ({ folder, factors, seed, bytes: asked }) => {
    const path = join(folder, FILE);
    const offsets = offsetsOf(path);
    const entries = offsets.length;
    const random = randomFrom(seed);
    const first = factors.lookups === 'near the end' ? Math.max(0, entries - WARM_ENTRIES) : 0;
    const usual = LOOKUPS[factors.index as string]?.[factors.lookups as string] as number;
    const operations = asked === null ? usual : Math.ceil(asked / ENTRY_BYTES);
    const targets = Int32Array.from({ length: operations }, () => {
      return offsets[first + Math.floor(random() * (entries - first))] as number;
    });
    const inMemory: OffsetAt = (slot) => offsets[slot] as number;
    const touched = pagesTouched(operations, pageSize(), inMemory, (offsetAt, lookup) => {
      find(offsetAt, targets[lookup] as number, entries);
    });

    if (factors.index === 'cold') evict(path);
    else warm(path);
    const file = open(path);
    const reader = openReader(file.fd, entries * ENTRY_BYTES);
    return {
      run() {
        let found = 0;
        for (let lookup = 0; lookup < operations; lookup++) {
          found += find(reader.offsetAt, targets[lookup] as number, entries);
        }
        const extra = { operations, ...touched };
        return { bytes: operations * ENTRY_BYTES, check: String(found), calls: { ...reader.calls() }, extra };
      },
      [Symbol.dispose]() {
        reader[Symbol.dispose]();
        file[Symbol.dispose]();
      },
    };
  };
}

const settings = [
  { lookups: 'anywhere', index: 'warm' },
  { lookups: 'near the end', index: 'warm' },
  { lookups: 'anywhere', index: 'cold' },
  { lookups: 'near the end', index: 'cold' },
];
const cost = { diskBytes: INDEX_BYTES, memoryBytes: 300 * MiB };

const lab = defineLab({
  id: 'index-lookup',
  kind: 'time',
  title: 'Looking up an index: calls against a mapping',
  question: 'Why does Kafka map its index?',
  first: null,
  shows: [
    'CPU for each lookup of 8 bytes in an index of 10 MiB, by a pread for each step and through a mapping',
    'calls, pages that a search touches, and who waits for the disk when the index is not in memory',
    'what it changes to search the last 8 KiB first, as Kafka does',
  ],
  leavesOut: ['writing to the index', 'several indexes that compete for memory', 'locks'],
  needs: [{ need: 'a work folder on a disk', without: 'the lookups in a cold index are left out' }],
  variants: { pread: 'pread', mmap: 'mmap', 'mmap-warm-first': 'mmap, last 8 KiB first' },
  tasks: {
    pread: task(byPread, byHalves),
    mmap: task(byMapping, byHalves),
    'mmap-warm-first': task(byMapping, searchWarmFirst),
  },
  baseline: 'pread',
  answer: { shape: 'ratio', measure: 'totalCpuNs', per: 'operation' },
  quantities: {
    operations: { title: 'lookups', unit: 'count' },
    pagesPerLookup: { title: 'pages a lookup', unit: 'count' },
    pages: { title: 'pages of all lookups', unit: 'count' },
  },
  factors: { lookups: 'lookups {}', index: '{} index' },
  cost: { quick: { ...cost, seconds: 15 }, default: { ...cost, seconds: 40 }, full: { ...cost, seconds: 80 } },
  run: timeTasks(
    { quick: { rounds: 9, settings }, default: { rounds: 25, settings }, full: { rounds: 51, settings } },
    {
      cache: 'both',
      prepare({ folder, request }) {
        makeIndex(join(folder, FILE), INDEX_BYTES / ENTRY_BYTES, request.seed);
      },
    },
  ),
});

export default lab;

runFile(import.meta, lab);
