import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { findJava } from '../../../labs/kafka/java.ts';

const home = mkdtempSync(join(tmpdir(), 'zc-java-'));
mkdirSync(join(home, 'bin'));
afterAll(() => rmSync(home, { recursive: true }));

/** A Java that says this about itself. */
function javaThatSays(version: string): string {
  const path = join(home, 'bin', 'java');
  writeFileSync(path, `#!/bin/sh\necho '${version}' >&2\n`);
  chmodSync(path, 0o755);
  return path;
}

describe('findJava()', () => {
  test.each(['openjdk version "17.0.15" 2025-04-15', 'java version "21" 2023-09-19 LTS', 'openjdk version "26-ea"'])(
    'takes %s',
    (version) => {
      expect(javaThatSays(version)).toBe(findJava(home));
    },
  );

  test.each([
    ['java version "1.8.0_402"', '1.8.0_402'],
    ['openjdk version "11.0.2"', '11.0.2'],
    ['Segmentation fault', 'of an unknown version'],
  ])('does not take %s', (version, found) => {
    javaThatSays(version);
    expect(refusal()).toMatchObject({ code: 'no-java', args: { found } });
  });

  test('says when there is none', () => {
    rmSync(join(home, 'bin', 'java'));
    expect(refusal()).toMatchObject({ code: 'no-java', args: {} });
  });
});

function refusal(): CannotRunHere {
  try {
    findJava(home);
  } catch (error) {
    if (error instanceof CannotRunHere) return error;
  }
  throw new Error('nothing was refused');
}
