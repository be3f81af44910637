/** The real ./zc claims, by results of a folder, by stored ones, and by none. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { claims } from '#model/claims/index.ts';
import type { LabResult } from '#model/result.ts';
import { allClaimResults } from '../fixtures/claims-results.ts';
import { networkResult } from '../fixtures/network-result.ts';
import { timeResult } from '../fixtures/results.ts';
import { type Place, place, zc } from './zc.ts';

/** A folder with a result of each lab, as labs/results/<machine> has them. */
function folderOf(home: Place, instead: Readonly<Record<string, LabResult>> = {}): string {
  const folder = join(home.folder, 'results of mine');
  mkdirSync(folder);
  for (const [lab, make] of Object.entries(allClaimResults))
    writeFileSync(join(folder, `${lab}.json`), JSON.stringify(instead[lab] ?? make()));
  return folder;
}

const lines = (text: string) => text.trimEnd().split('\n');

describe('./zc claims', () => {
  test('counts both scales apart and shows what was decided', async () => {
    using home = place();
    const { code, stdout, stderr } = await zc(['claims', '--results', folderOf(home)], home);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^66 claims. The sources: True 12 · True, with conditions 23 · Misleading 21 · False 10\./);
    const counted =
      /\nThe machine: Held here (\d+) · Did not hold here (\d+) · Not run (\d+) · Cannot run here (\d+)\./;
    const counts = (counted.exec(stdout) ?? []).slice(1).map(Number);
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(66);
    expect(counts.every((one) => one > 0)).toBe(true);
    expect(stdout).toMatch(/^A2 +True, with conditions +Held here +Sending a file/m);
    expect(stdout).toMatch(/^A3 +Misleading +Did not hold here +Four context switches/m);
    expect(stdout).not.toMatch(/^C1 /m);
    expect(lines(stdout).every((line) => line.length <= 100)).toBe(true);
  });

  test('--verbose lists every claim in its group, a letter only those of one', async () => {
    using home = place();
    const folder = folderOf(home);
    const all = (await zc(['claims', '--verbose', '--results', folder], home)).stdout;
    expect(claims.filter(({ id }) => !new RegExp(`^${id} `, 'm').test(all))).toEqual([]);
    const group = (await zc(['claims', 'b', '--results', folder], home)).stdout;
    expect(group).toMatch(/^B\. mmap$/m);
    expect(lines(group).filter((line) => /^[A-F]\d+ /.test(line))).toHaveLength(11);
    expect(lines(group).length).toBeLessThanOrEqual(25);
  });

  test('ID explains one: who says it, sources, what was seen, what is not tested, how to repeat it', async () => {
    using home = place();
    const { stdout } = await zc(['claims', 'a2', '--results', folderOf(home)], home);
    expect(stdout).toMatch(/^A2 {2}Sending a file by reading and writing/);
    expect(stdout).toMatch(/^said by +Kafka based system/m);
    expect(stdout).toMatch(/^the sources +True, with conditions\./m);
    expect(stdout).toMatch(/^the machine +Held here\.$/m);
    expect(stdout).toMatch(/read \+ write, loopback TCP, from ext4: 2 copies of each byte by the CPU at the sender/);
    expect(stdout).toMatch(/^not tested +the two transfers by disk and card/m);
    expect(stdout).toMatch(/^repeat it +\.\/zc run count-copies --guest$/m);
  });

  test('a claim without a test says why', async () => {
    using home = place();
    const { stdout } = await zc(['claims', 'C1'], home);
    expect(stdout).toMatch(/^the machine +Not run\.\nwhy +no lab decides it: it is history/m);
  });

  test('--json is one document with both scales and the numbers', async () => {
    using home = place();
    const document = JSON.parse((await zc(['claims', '--json', '--results', folderOf(home)], home)).stdout);
    expect(document.schemaVersion).toBe(1);
    expect(document.claims).toHaveLength(claims.length);
    const claim = document.claims.find(({ id }: { id: string }) => id === 'C7');
    expect(claim).toMatchObject({ verdict: 'held', sources: { verdict: 'true' }, saidBy: [2, 3, 5], why: null });
    expect(claim.tests[0].finding.numbers[0]).toMatchObject({ what: 'calls', variant: 'read-write', value: 32 });
  });

  test('--strict: 1 when one did not hold, else 4 when one was too noisy, else 0', async () => {
    using home = place();
    const noisy = timeResult({ costs: { repeat: 1.5 } });
    const folder = folderOf(home, { 'file-to-socket': noisy });
    const code = async (...args: string[]) => (await zc(['claims', ...args, '--results', folder], home)).code;
    expect(await code('A3', '--strict')).toBe(1);
    expect(await code('A3')).toBe(0);
    expect(await code('D1', '--strict')).toBe(4);
    expect(await code('D', '--strict')).toBe(1);
    expect(await code('A2', '--strict')).toBe(0);
  });

  test('without results says so; --run runs what is missing, and the next call finds it', async () => {
    using home = place();
    const before = (await zc(['claims'], home)).stdout;
    expect(before).toContain('No lab has been run here yet');
    expect(before).toContain('--run fills the gaps');
    const ran = await zc(['claims', 'A5', '--run'], home);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/^the machine +Did not hold here\.$/m);
    const after = await zc(['claims', 'A5'], home);
    expect(after.stderr).toBe('');
    expect(after.stdout).toBe(ran.stdout);
  });

  test('of stored results the newest counts, but for those of a receiver that discards', async () => {
    using home = place();
    const results = join(home.folder, 'state/zero-copy-measured/results');
    const store = (name: string, result: LabResult) => {
      mkdirSync(join(results, result.lab), { recursive: true });
      writeFileSync(join(results, result.lab, `${name}.json`), JSON.stringify(result));
    };
    store('20260101T000000Z-a', networkResult());
    const verdict = async () => /^the machine +(.*)\.$/m.exec((await zc(['claims', 'D1'], home)).stdout)?.[1];
    store('20260101T000000Z-a', timeResult());
    expect(await verdict()).toBe('Held here');
    store('20260102T000000Z-a', timeResult({ costs: { sendfile: 3 } }));
    expect(await verdict()).toBe('Did not hold here');
    store('20260103T000000Z-a', { ...timeResult(), parameters: { receiver: 'discard' } });
    expect(await verdict()).toBe('Did not hold here');
  });

  test.each([
    [['claims', 'Z9'], /Cannot find a claim 'Z9': did you mean 'A9'\?/],
    [['claims', 'everything'], /Cannot find a claim 'everything': \.\/zc claims --verbose/],
    [['claims', '--results', '/nowhere'], /Cannot read results from '\/nowhere': it is not a folder/],
    [['claims', '--results', 'src'], /Found no result in 'src'/],
    [['claims', '--run', '--results', 'labs'], /leave --run or --results out/],
  ])('%j is refused with exit code 2', async (args, sentence) => {
    using home = place();
    const { code, stdout, stderr } = await zc(args, home);
    expect(stderr).toMatch(sentence);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('a broken result, and one of another lab, are refused with exit code 2', async () => {
    using home = place();
    const folder = folderOf(home);
    writeFileSync(join(folder, 'count-copies.json'), '{"half":');
    expect(await zc(['claims', '--results', folder], home)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('not complete JSON'),
    });
    writeFileSync(join(folder, 'count-copies.json'), JSON.stringify(timeResult()));
    expect(await zc(['claims', '--results', folder], home)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('found one of file-to-socket'),
    });
  });
});
