import { join } from 'node:path';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { probe } from '#machine/probe.ts';
import { findProgram } from '#machine/program.ts';

/** What Apache Kafka 4's broker and tools need. */
const LEAST = 17;

/** Path of a Java runtime that is new enough: JAVA_HOME's, or the one on the path. @throws {CannotRunHere} */
export function findJava(home = process.env.JAVA_HOME, least = LEAST): string {
  const path = program(home ? join(home, 'bin', 'java') : 'java');
  // -version speaks on stderr: `openjdk version "17.0.15" …`, `java version "1.8.0_402"`.
  const { stderr } = probe(path, ['-version']);
  const [, found = 'of an unknown version', major = '0'] = /version "((?:1\.)?(\d+)[^"]*)"/.exec(stderr ?? '') ?? [];
  if (Number(major) < least) throw new CannotRunHere('no-java', { found });
  return path;
}

function program(name: string): string {
  try {
    return findProgram(name);
  } catch (error) {
    throw new CannotRunHere('no-java', {}, { cause: error });
  }
}
