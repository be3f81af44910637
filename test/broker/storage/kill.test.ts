import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { Log } from '../../../src/broker/storage/log.ts';
import { uniform } from '../../fixtures/random.ts';
import { acknowledged, appenderBatches, expectBytes, expectWhole } from './whole.ts';

const root = mkdtempSync(join(tmpdir(), 'zc-kill-'));
afterAll(() => rmSync(root, { recursive: true }));

/** Segments so small that a third of all appends roll: many moments lie in the middle of one. */
const options = { segmentBytes: 2000, segmentIndexBytes: 1024, indexIntervalBytes: 200 };
/** ZC_LOG_KILLS=100 kills more often. */
const kills = Number(process.env.ZC_LOG_KILLS ?? 10);

const random = uniform(20);
const moments = Array.from({ length: kills }, (_, run) => ({ run, afterMs: random() * 150 }));

test.each(moments)('what was acknowledged is there when the writer is killed, run $run', async ({ run, afterMs }) => {
  const folder = join(root, `log-${run}`);
  const program = join(import.meta.dirname, 'appender.ts');
  const child = spawn(process.execPath, [program, folder, String(run), JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  await once(child.stdout, 'data');
  await wait(afterMs);
  child.kill('SIGKILL');
  await once(child, 'close');

  using log = Log.open(folder, options);
  expect(log.endOffset).toBeGreaterThan(acknowledged(said));
  expectWhole(log, run);
  // And it goes on.
  const end = log.endOffset;
  const next = appenderBatches(run + 1000).next().value as Buffer;
  expect(log.append(next).baseOffset).toBe(end);
  expectBytes(log, end, next);
});
