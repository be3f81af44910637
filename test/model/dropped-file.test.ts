import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalogueSchema } from '#model/catalogue.ts';
import { MOST_BYTES, RefusedFile, readDropped, refuseSize } from '#model/dropped-file.ts';
import { hostileFiles } from '../fixtures/hostile-files.ts';
import { inspectDocument } from '../fixtures/inspect-document.ts';

const text = (file: string) => readFileSync(file, 'utf8');
const schemas = {
  result: JSON.parse(text('src/site/public/schema/result-1.json')),
  inspect: JSON.parse(text('src/site/public/schema/inspect-1.json')),
};
const { labs } = catalogueSchema.parse(JSON.parse(text('labs/catalogue.json')));
const read = (given: string) => readDropped(given, schemas, labs);
// biome-ignore lint/suspicious/noExplicitAny: what is changed is to be wrong
const changed = (file: string, change: (result: any) => void) => {
  const result = JSON.parse(text(file));
  change(result);
  return JSON.stringify(result);
};

describe('readDropped()', () => {
  test.each(globSync('labs/results/*/*.json').sort())('takes %s', (file) => {
    const dropped = read(text(file));
    expect(dropped).toMatchObject({ state: 'result', result: JSON.parse(text(file)) });
  });

  test('takes what inspect prints', () => {
    expect(read(JSON.stringify(inspectDocument()))).toEqual({ state: 'inspect', document: inspectDocument() });
  });

  const proof = 'labs/results/reference-vm/shared-pages.json';
  const time = 'labs/results/reference-vm/splice-proxy.json';
  test.each([
    ['', 'Cannot take an empty file'],
    ['{', 'Cannot read the file: it is no JSON; ./zc run prints the name of the one that it wrote'],
    ['[]', 'Cannot read the result: expected a JSON object, got an array'],
    ['{"schemaVersion":2}', 'Cannot read a result of schema 2: this copy knows up to 1, update it'],
    [
      '{"schemaVersion":1,"kind":"dream"}',
      'Cannot read a result of kind "dream": this copy knows time and proof and count',
    ],
    ['{"__proto__":{"a":1}}', "Cannot read the file: the name '__proto__' is not taken"],
    [
      '{"a":[{"b":"<script>"}]}',
      'Cannot read the file: at a[0].b: text with markup or control characters in it is not taken',
    ],
    ['['.repeat(100_000) + ']'.repeat(100_000), 'Cannot read the file: at [0][0][0]: nested more than 32 deep'],
    [
      changed(proof, (json) => Object.assign(json, { lab: 'no-such-lab' })),
      "Cannot use the result: this site has no lab 'no-such-lab'",
    ],
    [
      changed(proof, (json) => Object.assign(json, { lab: 'copy-file' })),
      'Cannot use the result of copy-file: it holds a proof, and the lab gives a time',
    ],
    [
      changed(time, ({ series }) => Object.assign(series[0], { variant: 'toString' })),
      "Cannot use the result of splice-proxy: the lab has no variant 'toString'",
    ],
    [
      changed(time, ({ series }) => Object.assign(series[0], { samples: Array(401).fill(series[0].samples[0]) })),
      'Cannot use the result of splice-proxy: it has 401 samples, at most 400 are taken',
    ],
  ])('refuses %.60j in one sentence', (given, message) => {
    expect(() => read(given)).toThrow(RefusedFile);
    expect(() => read(given)).toThrow(message);
  });

  test('refuses a file by its size before it is opened', () => {
    expect(() => refuseSize(200 * 2 ** 20)).toThrow(
      'Cannot take a file of 200 MiB: expected at most 32 MiB, results are far smaller',
    );
    expect(() => refuseSize(MOST_BYTES)).not.toThrow();
  });
});

describe('a thousand hostile files', () => {
  const good = [
    ...['splice-proxy', 'shared-pages', 'java-nio'].map((lab) => text(`labs/results/reference-vm/${lab}.json`)),
    JSON.stringify(inspectDocument()),
  ];
  const files = hostileFiles(1000, 20261121, good);

  test('the files they are made of are taken', () => {
    for (const one of good) expect(() => read(one)).not.toThrow();
  });

  test('are refused, each in one sentence that holds nothing of what could do harm', () => {
    for (const { how, text: given } of files) {
      const refused = attempt(given);
      expect(refused, `${how} was taken: ${given.slice(0, 200)}`).toBeInstanceOf(RefusedFile);
      const { message } = refused as RefusedFile;
      expect(message, how).toMatch(/^Cannot (read|take|use) .+[^.]$/);
      expect(message.length, how).toBeLessThan(300);
      expect(message, how).not.toMatch(/[<\n]|\u202e/);
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('are the same files for the same seed', () => {
    expect(hostileFiles(1000, 20261121, good)).toEqual(files);
  });
});

function attempt(given: string): unknown {
  try {
    return read(given);
  } catch (error) {
    return error;
  }
}
