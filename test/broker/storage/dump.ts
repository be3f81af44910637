/** What Apache Kafka's DumpLogSegments says of a partition's folder. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChildBroke } from '#machine/child.ts';
import { type KafkaPrograms, runTool } from '../../../labs/kafka/tool.ts';

export interface Dump {
  readonly batches: number;
  /** Records that it read one by one, decompressed. */
  readonly records: number;
  /** Indexes that passed its sanity check. */
  readonly indexes: number;
  /** Lines that say that something is wrong. */
  readonly faults: readonly string[];
}

/** Reads every batch and record of a partition, and compares them with both indexes; then looks at the indexes alone. */
export async function dumpLogSegments(folder: string, kafka: KafkaPrograms): Promise<Dump> {
  const files = readdirSync(folder).filter((name) => /\.(log|index|timeindex)$/.test(name));
  const list = files.map((name) => join(folder, name)).join(',');
  const deep = await say(['--deep-iteration', '--files', list], folder, kafka);
  const sane = await say(['--index-sanity-check', '--files', list], folder, kafka);
  return {
    batches: count(deep, /^baseOffset: .* isvalid: true$/gm),
    records: count(deep, /^\| offset: /gm),
    indexes: count(sane, / passed sanity check\.$/gm),
    faults: [...deep.matchAll(FAULT), ...sane.matchAll(FAULT)].map(([line]) => line),
  };
}

/** Everything in its output that is no batch, record, entry or file. */
const FAULT =
  /^(?!baseOffset: .* isvalid: true$|\| offset: |offset: |timestamp: |Dumping |Log starting offset: |.* passed sanity check\.$).+$/gm;

async function say(args: readonly string[], folder: string, kafka: KafkaPrograms): Promise<string> {
  const output = `${folder}.dump`;
  try {
    const aside = await runTool('dumpLogSegments', args, kafka, { output });
    return withoutQuirk(readFileSync(output, 'utf8') + aside);
  } catch (error) {
    // It ends with an exception at some faults.
    if (error instanceof ChildBroke) return `${readFileSync(output, 'utf8')}${error.message}\n`;
    throw error;
  }
}

/**
 * It misses the offset before the first one of every segment but the first, of Apache Kafka's own segments too: `-1 is
 * followed by 252` of the file that is named 252.
 */
function withoutQuirk(text: string): string {
  return text.replace(/^Non-consecutive offsets in .*\/0*([1-9]\d*)\.log\n {2}-1 is followed by \1$/gm, '');
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}
