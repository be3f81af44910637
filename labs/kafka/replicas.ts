/** What a broker has of a topic in its own files, and whether that is what was produced. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApacheKafka } from './apache-kafka.ts';
import { Finding } from './client/data.ts';

const REPLICATED_MS = 60_000;

/** Waits until a node has all records of a topic in its own files, and looks at them. */
export async function checkReplica(
  node: ApacheKafka,
  topic: string,
  { bytes, hash }: { readonly bytes: number; readonly hash: string },
): Promise<void> {
  for (const deadline = Date.now() + REPLICATED_MS; ; await new Promise((done) => setTimeout(done, 50))) {
    const logs = logsOf(node, topic).map((path) => readFileSync(path));
    const found = Buffer.concat(logs);
    if (found.length >= bytes) {
      const finding = new Finding();
      finding.take(found);
      return checkHash(topic, finding.digest(), hash);
    }
    if (Date.now() > deadline)
      throw new Error(`Cannot trust the replica of ${topic}: it has ${found.length} of ${bytes} bytes after a minute`);
  }
}

/** Segments of a topic in the order of their offsets. */
export function logsOf({ dataFolder }: ApacheKafka, topic: string): string[] {
  const folder = join(dataFolder, `${topic}-0`);
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.log'));
    return names.sort().map((name) => join(folder, name));
  } catch {
    // The node has not heard of it yet.
    return [];
  }
}

/** @throws {Error} when other records were found than were produced */
export function checkHash(topic: string, found: string, expected: string): void {
  if (found === expected) return;
  throw new Error(`Cannot trust ${topic}: records with sha256 ${expected} were produced, ${found} were found`);
}
