/** What the project recorded about itself: what the instrument weighs, and the long series that prove the method. */
import { existsSync, readFileSync } from 'node:fs';
import { type InstrumentDocument, instrumentSchema } from '#model/instrument.ts';
import { type ProveResult, proveResultSchema } from '#model/prove.ts';
import { REFERENCE } from '#model/recorded-machines.ts';

/** The recorded weighing of the instrument; undefined as long as there is none. */
export function recordedInstrument(): InstrumentDocument | undefined {
  const document = read(`test/instrument/results/${REFERENCE}.json`);
  return document === undefined ? undefined : instrumentSchema.parse(document);
}

/** Long series by the name of their file: `statistics`, `statistics-first`, `pages`, `kill`. */
export function recordedSeries(name: string, machine: string = REFERENCE): ProveResult | undefined {
  const document = read(`test/prove/results/${machine}/${name}.json`);
  return document === undefined ? undefined : proveResultSchema.parse(document);
}

function read(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
