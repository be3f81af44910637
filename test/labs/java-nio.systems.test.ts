/** Java itself under strace: which calls carry the file in each way. */
import { expect, test } from 'vitest';
import { claims } from '#model/claims/index.ts';
import lab from '../../labs/java-nio.ts';
import { extras, runLab } from './lab-run.ts';

const bytes = 2 ** 20;
const calls = (of: Readonly<Record<string, number>> | undefined, ...names: readonly string[]) =>
  names.map((name) => of?.[`${name}Calls`]);

test('each way makes its calls, and every byte arrives', { timeout: 120_000 }, async () => {
  const result = await runLab(lab, { bytes });
  expect(result).toMatchObject({ kind: 'count', cannotRun: [], parameters: { java: expect.any(String) } });
  const seen = extras(result);
  for (const [way, { sentBytes, askedBytes }] of Object.entries(seen))
    if (way !== 'transfer-to-once') expect({ way, sentBytes }).toEqual({ way, sentBytes: askedBytes });

  // 64 KiB a buffer; a mapping is written from without a read, and outlives its channel.
  for (const way of ['heap', 'direct']) expect(calls(seen[way], 'read', 'write', 'sendfile')).toEqual([16, 16, 0]);
  expect(calls(seen.mapped, 'read', 'map', 'sendfile')).toEqual([0, 1, 0]);
  expect(seen.mapped?.leftMapped).toBe(1);

  // The ladder of transferTo: sendfile, and on a channel that it does not know a loop over 8 KiB.
  for (const way of ['transfer-to', 'transfer-to-polling']) {
    expect(seen[way]?.sendfileBytes).toBe(bytes);
    expect(calls(seen[way], 'read', 'write', 'map')).toEqual([0, 0, 0]);
  }
  expect(calls(seen['transfer-to-wrapped'], 'read', 'write', 'sendfile')).toEqual([128, 128, 0]);
  expect(calls(seen['transfer-to-file'], 'read', 'write', 'map')).toEqual([0, 0, 0]);
  expect(calls(seen['transfer-to-append'], 'read', 'map')).toEqual([0, 1]);

  // One call stops at 0x7ffff000 bytes, without an error.
  expect(seen['transfer-to-once']).toMatchObject({ askedBytes: 3 * 2 ** 30, sentBytes: 0x7ffff000, transfers: 1 });

  const verdicts = claims.flatMap(({ id, tests = [] }) =>
    tests.filter((one) => one.lab === 'java-nio').map(({ judge }) => [id, judge(result).state]),
  );
  expect(Object.fromEntries(verdicts)).toEqual({ B10: 'held', C2: 'held', C6: 'not-held' });
});
