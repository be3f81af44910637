/** Tries every candidate once and counts: `node run-candidates.ts ORDER.json`. Started by count-candidates.ts. */
import { readFileSync, writeFileSync } from 'node:fs';
import { Meter } from '#libc';
import { watchLeftovers } from '../leftovers.ts';
import { candidates } from './candidates.ts';
import { type CandidateOrder, type CandidateReport, fileOf } from './count-candidates.ts';

const order = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as CandidateOrder;
const meter = new Meter();
const reports = Object.entries(candidates)
  .filter(([situation]) => order.situations.includes(situation))
  .flatMap(([situation, all]) =>
    all.map(({ technique, prepare, run, overwrite }): CandidateReport => {
      const path = fileOf(order.folder, situation, technique);
      prepare(path);
      // Once for nothing: what a function needs when it runs for the first time is not the technique's.
      run(path);
      const leftovers = watchLeftovers();
      const before = meter.usage().minorFaults;
      const calls = run(path);
      const faults = meter.usage().minorFaults - before;
      const memory = leftovers([]).grownBytes;
      return { situation, technique, calls, faults, memory, overwrite: overwrite(path) };
    }),
  );
writeFileSync(order.report, JSON.stringify(reports));
