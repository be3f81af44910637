/** Where results are kept: one JSON document a run, written whole or not at all, never over another. */
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { LabResult } from '#model/result.ts';
import { readResult } from '#model/upgrade.ts';
import { Guard } from './guard.ts';
import { resultText } from './result-text.ts';

/** Folder of all results of this user: $XDG_STATE_HOME/zero-copy-measured/results, ~/.local/state without it. */
export function resultsFolder(): string {
  const state = process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  return join(state, 'zero-copy-measured', 'results');
}

/** `<UTC>-<host>-<id>.json`, sortable by time; the random part keeps two runs of one second apart. */
function fileName(result: LabResult): string {
  const time = result.startedAt.replace(/[-:]/g, '').replace(/\.\d+/, '');
  const host = hostname().replace(/[^A-Za-z0-9]+/g, '-');
  return `${time}-${host}-${randomBytes(3).toString('hex')}.json`;
}

/** Where a result went, and whether that was the second choice. */
export interface Stored {
  readonly path: string;
  /** Why it is not in the user's results folder; null when it is. */
  readonly instead: string | null;
}

/**
 * Stores a result: in `out` when the reader named a file, else in the results folder, else (a read-only home) beside the
 * run folders.
 *
 * @param spare folder used when the user's results folder cannot be written
 * @throws when `out` exists already or cannot be written
 */
export function storeResult(result: LabResult, out: string | undefined, spare: string): Stored {
  const text = resultText(result);
  if (out !== undefined) return { path: writeNew(resolve(out), text), instead: null };
  const name = join(result.lab, fileName(result));
  try {
    return { path: writeNew(join(resultsFolder(), name), text), instead: null };
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    return {
      path: writeNew(join(spare, 'results', name), text),
      instead: `'${resultsFolder()}' cannot be written (${reason})`,
    };
  }
}

/**
 * Writes a file that must not exist yet, atomically: link(2) fails where rename(2) would replace. Until it is whole it lies
 * in a folder that a guard removes, should this process be killed meanwhile.
 */
function writeNew(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  const folder = join(dirname(path), `run-${process.pid}-${randomBytes(4).toString('hex')}`);
  const guard = new Guard();
  try {
    guard.watchFolder(folder);
    mkdirSync(folder);
    const half = join(folder, 'result.json');
    writeFileSync(half, text, { flush: true });
    linkSync(half, path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    void guard.release();
  }
  return path;
}

/** Larger files are not results: refused before they are read. Bytes. */
const LARGEST_RESULT_BYTES = 50 * 2 ** 20;

/** A result file that cannot be read: exit code 2. */
export class UnreadableResult extends Error {
  override name = 'UnreadableResult';
}

/** Reads and checks one result file. @throws {UnreadableResult} with one sentence: missing, too large, not JSON, newer, broken */
export function loadResult(path: string): LabResult {
  let text: string;
  try {
    const { size } = statSync(path);
    if (size > LARGEST_RESULT_BYTES)
      throw new Error(`it has ${Math.ceil(size / 2 ** 20)} MiB, a result has at most 50`);
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UnreadableResult(`Cannot read result '${path}': ${(error as Error).message}`);
  }
  try {
    return readResult(JSON.parse(text));
  } catch (error) {
    const why = error instanceof SyntaxError ? `it is not complete JSON (${error.message})` : (error as Error).message;
    throw new UnreadableResult(`Cannot read result '${path}': ${why}`);
  }
}

/** Paths of the stored results of a lab, oldest first. */
export function storedResults(lab: string): string[] {
  const folder = join(resultsFolder(), lab);
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
