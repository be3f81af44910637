/** Many records through a real client: written once, read back by every path of a broker of ours, and compared line by line. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { FetchPathName } from '#broker/fetch/index.ts';
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Guard } from '#machine/guard.ts';
import { findProgram } from '#machine/program.ts';
import { findJars } from '../../labs/kafka/jars.ts';
import { findJava } from '../../labs/kafka/java.ts';
import { runTool } from '../../labs/kafka/tool.ts';
import type { Running } from '../broker/running.ts';

const run = promisify(execFile);
/** A record and the end of its line are as long as this. */
export const RECORD_BYTES = 100;
const TOOL_MS = 600_000;

/** A client that reads lines of a file as records, and writes records as lines of a file. */
export interface RecordClient {
  readonly name: 'kcat' | 'java';
  write(bootstrap: string, topic: string, file: string): Promise<void>;
  read(bootstrap: string, topic: string, file: string, count: number): Promise<void>;
}

/** Those of the clients that are here, and the names of the others. */
export function recordClients(guard: Guard): { readonly here: readonly RecordClient[]; readonly missing: string[] } {
  const here: RecordClient[] = [];
  const missing: string[] = [];
  for (const [name, make] of [['kcat', kcat] as const, ['java', () => java(guard)] as const]) {
    try {
      here.push(make());
    } catch (error) {
      if (!(error instanceof CannotRunHere)) throw error;
      missing.push(name);
    }
  }
  return { here, missing };
}

/** @throws {CannotRunHere} without kcat */
function kcat(): RecordClient {
  const program = findProgram('kcat');
  return {
    name: 'kcat',
    async write(bootstrap, topic, file) {
      await run(program, ['-b', bootstrap, '-P', '-t', topic, '-p', '0', '-l', file], { timeout: TOOL_MS });
    },
    async read(bootstrap, topic, file) {
      const line = 'exec "$1" -b "$2" -C -t "$3" -o beginning -e -q > "$4"';
      await run('/bin/sh', ['-c', line, 'sh', program, bootstrap, topic, file], { timeout: TOOL_MS });
    },
  };
}

/** @throws {CannotRunHere} without Java, or Apache Kafka's jars in the cache */
function java(guard: Guard): RecordClient {
  const jars = findJars();
  if (!jars) throw new CannotRunHere('no-kafka');
  const kafka = { java: findJava(), jars, guard };
  return {
    name: 'java',
    async write(bootstrap, topic, input) {
      const args = ['--bootstrap-server', bootstrap, '--topic', topic];
      await runTool('consoleProducer', args, kafka, { input, timeoutMs: TOOL_MS });
    },
    async read(bootstrap, topic, output, count) {
      const args = [
        '--bootstrap-server',
        bootstrap,
        '--topic',
        topic,
        '--from-beginning',
        '--max-messages',
        `${count}`,
      ];
      await runTool('consoleConsumer', args, kafka, { output, timeoutMs: TOOL_MS });
    },
  };
}

/** Makes the file of which every line is a record: its number, after dots. @returns its sha256 */
export async function makeRecords(file: string, count: number): Promise<string> {
  await pipeline(function* () {
    for (let at = 0; at < count; ) {
      const lines: string[] = [];
      for (let end = Math.min(count, at + 10_000); at < end; at++)
        lines.push(`${String(at).padStart(RECORD_BYTES - 1, '.')}\n`);
      yield lines.join('');
    }
  }, createWriteStream(file));
  return await sha256Of(file);
}

/** Reads a topic by one path. @returns what came, and what was wrong with it */
export async function readRecords(
  client: RecordClient,
  broker: Running,
  topic: string,
  { path, count, expected, folder }: { path: FetchPathName; count: number; expected: string; folder: string },
): Promise<{ readonly sha256: string; readonly faults: string[] }> {
  const file = join(folder, `${client.name}-${path}.txt`);
  await client.read(`127.0.0.1:${broker.port(path)}`, topic, file, count);
  const sha256 = await sha256Of(file);
  rmSync(file);
  return {
    sha256,
    faults: sha256 === expected ? [] : [`${client.name} read something else by ${path} than it wrote`],
  };
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(file)) hash.update(bytes);
  return hash.digest('hex');
}
