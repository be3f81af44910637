/** Runs a series as its npm script does, in folders of its own, and reads its result. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ProveResult, proveResultSchema } from '#model/prove.ts';

export interface SeriesRun {
  readonly status: number | null;
  readonly stderr: string;
  /** Runs it once more with the same arguments: the result's file is there now. */
  again(): { readonly status: number | null; readonly stderr: string };
  readonly result: ProveResult;
}

/** Runs test/prove/<name>.ts with these options; the folders are removed by `remove`. */
export function runSeries(name: string, options: readonly string[]): SeriesRun & { remove(): void } {
  const place = mkdtempSync(join(tmpdir(), 'zero-copy-series-'));
  const file = join(place, 'recorded/result.json');
  const run = () =>
    spawnSync(
      process.execPath,
      [fileURLToPath(new URL(`./${name}.ts`, import.meta.url)), ...options, '--work', place, '--record', file],
      // Nothing is asserted about time, so these runs need not wait for others.
      { encoding: 'utf8', env: { ...process.env, ZC_LOCK_HELD: '1', XDG_STATE_HOME: join(place, 'state') } },
    );
  const { status, stderr } = run();
  return {
    status,
    stderr,
    again: run,
    get result() {
      return proveResultSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    },
    remove: () => rmSync(place, { recursive: true, force: true }),
  };
}
