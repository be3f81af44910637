import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderExplained } from '#cli/report/explain.ts';
import { renderReport } from '#cli/report/index.ts';
import { explain } from '#model/explain/index.ts';
import { type TimeOptions, timeEntry, timeResult } from '../fixtures/results.ts';
import { type Place, place, zc } from './zc.ts';

const plain = { verbose: false, colour: false, width: 80, unicode: true };

/** A result in which sendfile's sender sleeps after every 16 KiB, and gains nothing. */
function sleepy(options: TimeOptions = {}) {
  const result = timeResult({ costs: { sendfile: 1.2 }, noise: 0.01, ...options });
  return {
    ...result,
    series: result.series.map((series) => ({
      ...series,
      samples: series.samples.map((sample) => ({
        ...sample,
        voluntarySwitches: series.variant === 'sendfile' ? 16384 : 20,
      })),
    })),
  };
}

function stored(home: Place, name: string, result: object): string {
  const path = join(home.folder, name);
  writeFileSync(path, JSON.stringify(result));
  return path;
}

test('renderExplained() gives each missing gain its reasons, the first with what helps', () => {
  const result = sleepy({ variants: ['read-write', 'sendfile'] });
  expect(`\n${renderExplained(result, explain(result), timeEntry, plain).join('\n')}\n`).toMatchInlineSnapshot(`
    "
    sendfile spent 20 % more CPU than read + write, sender and receiver together,
    over loopback TCP (between 19 and 21 % more).
      1. The send buffer is small: a quick sender fills it and is put to sleep. The
         sender slept once every 16 KiB, the baseline every 12.8 MiB. Leave
         SO_SNDBUF to TCP, which tunes it by itself, or raise it.
    "
  `);
});

test('renderExplained() stays within 25 lines, says what it leaves out, and shows it with verbose', () => {
  const result = sleepy({ links: ['tcp', 'unix', 'veth', 'tls13'], costs: { sendfile: 1.2, splice: 1.2 } });
  const lines = renderExplained(result, explain(result), timeEntry, plain);
  expect(lines.length).toBeLessThanOrEqual(25);
  expect(lines.at(-1)).toMatch(/^\d+ more gains are missing: --verbose$/);
  const all = renderExplained(result, explain(result), timeEntry, { ...plain, verbose: true });
  expect(all.length).toBeGreaterThan(25);
});

test('renderExplained() says that nothing is missing', () => {
  expect(renderExplained(timeResult(), [], timeEntry, plain).join(' ')).toMatch(
    /^No gain that was expected is missing/,
  );
});

test('renderReport() ends with the first reason where the gain of the leading path is missing', () => {
  expect(renderReport(sleepy(), timeEntry, plain)).toContain(
    '! sendfile took more CPU over loopback TCP: the send buffer',
  );
  expect(renderReport(timeResult(), timeEntry, plain)).not.toContain('send buffer is small');
});

test('./zc explain prints the reasons of a file, as text and as JSON', async () => {
  using home = place();
  const path = stored(home, 'result.json', sleepy());
  const text = await zc(['explain', path], home);
  expect(text).toMatchObject({ code: 0, stderr: '' });
  expect(text.stdout).toContain('1. The send buffer is small');
  const json = JSON.parse((await zc(['explain', path, '--json'], home)).stdout);
  expect(json).toMatchObject({ schemaVersion: 1, lab: 'file-to-socket' });
  expect(json.missing[0].reasons[0]).toMatchObject({ code: 'small-socket-buffer' });
});

test('./zc explain takes the newest result of a lab', async () => {
  using home = place();
  const folder = join(home.folder, 'state', 'zero-copy-measured', 'results', 'file-to-socket');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '20261121T100000Z-a.json'), JSON.stringify(timeResult()));
  writeFileSync(join(folder, '20261121T110000Z-b.json'), JSON.stringify(sleepy()));
  expect((await zc(['explain', 'file-to-socket'], home)).stdout).toContain('send buffer is small');
});

test.each([
  [['explain'], "missing required argument 'result'"],
  [['explain', 'file-to-sockt'], "did you mean 'file-to-socket'?"],
  [['explain', 'file-to-socket'], 'Found no result of'],
  [['explain', 'labs/results/reference-vm/shared-pages.json'], 'has no clock'],
])('./zc %s is refused in one sentence', async (args, says) => {
  using home = place();
  const { code, stdout, stderr } = await zc(args, home);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(says);
});
