import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { findJdk } from '../../../labs/java/jdk.ts';

const home = mkdtempSync(join(tmpdir(), 'zc-jdk-'));
mkdirSync(join(home, 'bin'));
afterAll(() => rmSync(home, { recursive: true }));

/** A Java with these modules. */
function javaWith(modules: string): void {
  const path = join(home, 'bin', 'java');
  const script = `#!/bin/sh\ncase $1 in -version) echo 'openjdk version "17.0.15"' >&2;; *) echo '${modules}';; esac\n`;
  writeFileSync(path, script);
  chmodSync(path, 0o755);
}

test('findJdk() takes a Java with a compiler, and says its version', () => {
  javaWith('java.base@17.0.15\njdk.compiler@17.0.15');
  expect(findJdk(home)).toEqual({ path: join(home, 'bin', 'java'), version: '17.0.15' });
});

test('findJdk() does not take a runtime without a compiler', () => {
  javaWith('java.base@17.0.15');
  let refusal: unknown;
  try {
    findJdk(home);
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(CannotRunHere);
  expect(refusal).toMatchObject({ code: 'no-java-compiler' });
});
