/** The real ./zc: exit codes, stdout and stderr. Results on stdout, everything else on stderr. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { schemaFiles } from '#cli/schema.ts';
import { catalogueText } from '#cli/write-catalogue.ts';
import { labResultSchema } from '#model/result.ts';
import { clone, ended, place, startZc, zc } from './zc.ts';

const small = ['--quick', '--rounds', '1', '--size', '100000'];

describe('./zc', () => {
  test('alone says where you are and starts nothing', async () => {
    using home = place();
    const { code, stdout, stderr } = await zc([], home);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('./zc run file-to-socket');
    expect(existsSync(home.work)).toBe(false);
  });

  test.each([['--help'], ['help'], ['run', '--help']])('%s shows help and ends with 0', async (...args) => {
    using home = place();
    expect(await zc(args, home)).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage: zc'), stderr: '' });
  });

  test.each([
    [['rnu'], /unknown command 'rnu'\n\(Did you mean run\?\)/],
    [['run', 'file-to-sokcet'], /Cannot find a lab 'file-to-sokcet': did you mean 'file-to-socket'\?/],
    [['run', '../../etc/passwd'], /Cannot find a lab '..\/..\/etc\/passwd': .\/zc list/],
    [['run'], /Expected the id of a lab, found none/],
    [['run', 'shared-pages', '--sze', '1'], /unknown option '--sze'\n\(Did you mean --size\?\)/],
    [
      ['run', 'shared-pages', '--size', '0'],
      /Expected a size from 1 byte to 1024 GiB, such as 64MiB or 100000, found '0'/,
    ],
    [['run', 'shared-pages', '--size', 'huge'], /found 'huge'/],
    [['run', 'shared-pages', '--size=-5'], /found '-5'/],
    [['run', 'shared-pages', '--size', '1e99'], /found '1e99'/],
    [['run', 'shared-pages', '--size', '1MiB'], /Cannot test 1048576 bytes: at most 131072 are queued/],
    [['run', 'shared-pages', '--rounds', '1.5'], /Expected a whole number from 1, found '1.5'/],
    [['run', 'shared-pages', '--quick', '--full'], /Cannot run --quick and --full at once/],
    [['run', 'file-to-socket', '--receiver', 'eat'], /Allowed choices are copy, discard/],
    [['run', 'file-to-socket', 'shared-pages', '--out', 'x.json'], /Cannot write several results to one --out file/],
    [['run', 'kafka', '--bootstrap', 'here'], /Expected a host and a port, such as kafka1:9092, found 'here'/],
    [['run', 'kafka', '--bootstrap', 'here:0'], /Expected a port from 1 to 65535, found '0'/],
    [
      ['run', 'shared-pages', '--bootstrap', 'here:9092'],
      /Cannot run shared-pages with --bootstrap: it has nothing to/,
    ],
    [['run', '--all', '--bootstrap', 'here:9092'], /Cannot run --all with --bootstrap: one lab alone asks a cluster/],
    [
      ['run', 'kafka', '--quick', '--bootstrap', 'here:9092'],
      /Cannot ask whether a topic of 64 MiB may be made at here:9092: there is no terminal; say so with --yes/,
    ],
    [['run', 'kafka', '--yes', '--bootstrap', 'not-there.invalid:9092'], /Cannot find 'not-there.invalid': it has no/],
    [['serve', '--port', '70000'], /Expected a port from 0 to 65535, found '70000'/],
    [['list', '--al'], /unknown option '--al'/],
  ])('%j is refused with one sentence and exit code 2', async (args, sentence) => {
    using home = place();
    const { code, stdout, stderr } = await zc(args, home);
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(existsSync(home.work) ? readdirSync(home.work) : []).toEqual([]);
  });

  test('works from another folder and through a relative path', async () => {
    using home = place();
    const child = startZc(['list'], home, join(clone, 'labs'));
    expect(await ended(child)).toMatchObject({ code: 0, stdout: expect.stringContaining('shared-pages') });
  });
});

describe('./zc list', () => {
  test('prints each lab with its question and cost', async () => {
    using home = place();
    const { stdout } = await zc(['list'], home);
    expect(stdout).toContain('What does each copy cost when a file goes to a socket?');
    expect(stdout).toMatch(/Run one: .\/zc run file-to-socket --quick/);
  });

  test('--json prints the catalogue, which is what the labs say of themselves', async () => {
    using home = place();
    const { stdout } = await zc(['list', '--all', '--json'], home);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(await catalogueText()));
    expect(readFileSync(join(clone, 'labs/catalogue.json'), 'utf8')).toBe(await catalogueText());
  });
});

test.each(schemaFiles)('the JSON Schema that the site serves is ours: $file', ({ file, text }) => {
  expect(readFileSync(file, 'utf8')).toBe(text);
});

describe('./zc doctor', () => {
  test('says what the machine is, what was tried and what can run', async () => {
    using home = place();
    const { code, stdout } = await zc(['doctor'], home);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^kernel +\d/m);
    expect(stdout).toMatch(/^cachestat +(yes|no: )/m);
    expect(stdout).toMatch(/^Labs that can run here: .*shared-pages/m);
    expect(readdirSync(home.work)).toEqual([]);
  });

  test('--json prints one document', async () => {
    using home = place();
    const document = JSON.parse((await zc(['doctor', '--json'], home)).stdout);
    expect(document).toMatchObject({
      schemaVersion: 1,
      labs: expect.arrayContaining([{ id: 'shared-pages', runs: true, inGuest: false }]),
    });
  });
});

describe('./zc run', () => {
  test('reports on stdout, speaks on stderr, stores the result and leaves nothing else', async () => {
    using home = place();
    const { code, stdout, stderr } = await zc(['run', 'shared-pages'], home);
    expect(code).toBe(0);
    expect(stdout).toMatch(/sendfile +○ the file's pages +○ the file's pages/);
    expect(stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(25);
    const path = /Every sample is in (.*)$/m.exec(stderr)?.[1] as string;
    expect(path.startsWith(join(home.folder, 'state/zero-copy-measured/results/shared-pages/'))).toBe(true);
    expect(labResultSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).kind).toBe('proof');
    expect(readdirSync(home.work)).toEqual([]);
  });

  test('--json prints one document that validates, for both kinds', async () => {
    using home = place();
    for (const id of ['file-to-socket', 'shared-pages']) {
      const { code, stdout } = await zc(['run', id, ...small, '--json'], home);
      const result = labResultSchema.parse(JSON.parse(stdout));
      expect(code).toBe(0);
      expect(result.lab).toBe(id);
      const [series] = result.series;
      expect(series).toMatchObject({ variant: 'read-write', role: 'baseline', factors: { link: 'tcp' } });
      expect(series?.samples[0]).toHaveProperty(result.kind === 'time' ? 'receiverCpuNs' : 'newBytes');
    }
  });

  test('times transfers whose bytes and calls are exact', async () => {
    using home = place();
    const { stdout } = await zc(
      ['run', 'file-to-socket', '--quick', '--rounds', '2', '--size', '1MiB', '--json'],
      home,
    );
    const result = labResultSchema.parse(JSON.parse(stdout));
    if (result.kind !== 'time') throw new Error('expected a timed result');
    expect(result.integrity.received.every(({ hash }) => hash === result.integrity.expected)).toBe(true);
    for (const { variant, samples } of result.series) {
      expect(samples).toHaveLength(2);
      for (const { bytes, calls } of samples) {
        expect(bytes).toBe(2 ** 20);
        expect({ variant, calls }).toEqual({
          variant,
          calls: {
            'read-write': { pread: 16, write: 16 },
            'mmap-write': { mmap: 1, write: 16 },
            sendfile: { sendfile: 1 },
            splice: { pipe2: 1, splice: 32 },
            'node-stream': null,
          }[variant],
        });
      }
    }
    expect(result.series.flatMap(({ samples }) => samples.map(({ order }) => order)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 36 }, (_, order) => order),
    );
  });

  test('--receiver discard delivers as many bytes over TCP', async () => {
    using home = place();
    const { stdout } = await zc(['run', 'file-to-socket', ...small, '--receiver', 'discard', '--json'], home);
    const { series, parameters } = labResultSchema.parse(JSON.parse(stdout));
    expect(parameters.receiver).toBe('discard');
    expect(
      series.every(({ samples }) => samples.every((sample) => 'bytes' in sample && sample.bytes === 100_000)),
    ).toBe(true);
  });

  test('the same seed takes the samples in the same order', async () => {
    using home = place();
    const order = async () => {
      const { stdout } = await zc(['run', 'shared-pages', '--seed', '7', '--json'], home);
      return labResultSchema
        .parse(JSON.parse(stdout))
        .series.map(({ samples }) => samples.map((sample) => sample.order));
    };
    expect(await order()).toEqual(await order());
  });

  test('several labs give one document, and --out takes one result', async () => {
    using home = place();
    const both = JSON.parse((await zc(['run', 'shared-pages', 'file-to-socket', ...small, '--json'], home)).stdout);
    expect(both.results.map(({ lab }: { lab: string }) => lab)).toEqual(['shared-pages', 'file-to-socket']);
    const out = join(home.folder, 'mine.json');
    expect(await zc(['run', 'shared-pages', '--out', out], home)).toMatchObject({ code: 0 });
    expect(labResultSchema.parse(JSON.parse(readFileSync(out, 'utf8'))).lab).toBe('shared-pages');
    const again = await zc(['run', 'shared-pages', '--out', out], home);
    expect(again).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('it exists already') });
  });

  test('a lab file runs by itself', async () => {
    using home = place();
    const child = startZc(['exec', 'node', 'labs/shared-pages.ts', '--json'], home);
    expect(labResultSchema.parse(JSON.parse((await ended(child)).stdout)).lab).toBe('shared-pages');
  });

  test('a closed stdout is no failure', async () => {
    using home = place();
    const child = startZc(
      ['exec', 'sh', '-c', `"$0" run shared-pages --json | head -c 10; exit \${PIPESTATUS:-0}`, join(clone, 'zc')],
      home,
    );
    const { stdout, stderr } = await ended(child);
    expect(stdout).toHaveLength(10);
    expect(stderr).not.toMatch(/EPIPE|bug of ours/);
  });
});

test('places() of the tests are really used: nothing is written to the real home', async () => {
  using home = place();
  mkdirSync(join(home.folder, 'state'));
  writeFileSync(join(home.folder, 'marker'), '');
  const { stderr } = await zc(['run', 'shared-pages'], home);
  expect(stderr).toContain(home.folder);
});
