/**
 * Does a comparison claim a difference where there is none, and find one where there is one?
 *
 * A lab like any other, run by `npm run prove:statistics` many times. One run compares read+write with one of two things:
 * with read+write again, or with read+write that sends the first tenth of the file once more than it should.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { defineLab, type Lab } from '#measure/lab.ts';
import type { MadeFile } from '#measure/source-file.ts';
import { type Amount, timeTransfers } from '#measure/transfers.ts';
import type { Technique } from '#transfer/mover.ts';
import { readWrite } from '#transfer/read-write.ts';

/** Part of the file that the planted variant sends in addition. */
export const PLANTED_SHARE = 0.1;

const MiB = 2 ** 20;

/**
 * TCP, because it is what the labs report first, and the noisier of their links: a softirq may run in either process.
 * 32 MiB takes about 20 ms, as long as a sample of `--quick` over the fastest path. Fifteen rounds, as `./zc run` takes.
 */
export const amount: Amount = { links: ['tcp'], chunks: [64 * 1024], rounds: 15, bytes: 32 * MiB };

/** Bytes of the file that the planted variant sends in addition. */
export function plantedBytes(bytes: number): number {
  return Math.round(bytes * PLANTED_SHARE);
}

/** The technique, which first sends the part of the file that is planted, and then all of it. */
export function withMore(technique: Technique): Technique {
  return {
    id: technique.id,
    open(source, sink, chunk) {
      const mover = technique.open(source, sink, chunk);
      const more = plantedBytes(source.bytes);
      let sent = 0;
      return {
        get calls() {
          return mover.calls;
        },
        step(offset, count) {
          if (sent === more) return mover.step(offset, count);
          const step = mover.step(sent, more - sent);
          if (typeof step !== 'number') return step;
          sent += step;
          // Nothing of what was asked for has moved yet: call again.
          return 0;
        },
        [Symbol.dispose]: () => mover[Symbol.dispose](),
      };
    },
  };
}

const cost = { seconds: 2, diskBytes: 32 * MiB, memoryBytes: 100 * MiB };

const lab = defineLab({
  id: 'same-against-same',
  kind: 'time',
  title: 'The same against the same',
  question: 'Does a comparison claim a difference where there is none?',
  first: null,
  shows: ['how often a comparison of two equal things claims a difference, and how often it finds one of 10 %'],
  leavesOut: ['every other size, link and technique'],
  needs: [],
  variants: { 'read-write': 'read + write', same: 'read + write', planted: 'read + write, 10 % more' },
  senders: { 'read-write': readWrite, same: readWrite, planted: withMore(readWrite) },
  baseline: 'read-write',
  cost: { quick: cost, default: cost, full: cost },
  run: timeTransfers({ quick: amount, default: amount, full: amount }, ({ variant }, file) =>
    variant === 'planted' ? moreOf(file) : file,
  ),
});

export default lab;

/** The lab with one of the variants only: a run makes one comparison. */
export function comparing(variant: 'same' | 'planted'): Lab {
  const { 'read-write': baseline = '', [variant]: title = '' } = lab.variants;
  return { ...lab, variants: { 'read-write': baseline, [variant]: title } };
}

/** What must arrive of the planted variant. */
function moreOf({ path, bytes }: MadeFile): MadeFile {
  const content = readFileSync(path);
  const first = content.subarray(0, plantedBytes(bytes));
  return {
    path,
    bytes: first.length + bytes,
    sha256: createHash('sha256').update(first).update(content).digest('hex'),
  };
}
