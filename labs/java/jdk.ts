import { CannotRunHere } from '#machine/cannot-run.ts';
import { probe } from '#machine/probe.ts';
import { findJava } from '../kafka/java.ts';

/** A Java that runs a single source file (JEP 330): it has the compiler too. */
export interface Jdk {
  readonly path: string;
  /** As its compiler says it: `17.0.15`. */
  readonly version: string;
}

/** Finds one, 17 or newer. @throws {CannotRunHere} without Java, and where its runtime has no compiler */
export function findJdk(home = process.env.JAVA_HOME): Jdk {
  const path = findJava(home);
  // Lines `jdk.compiler@17.0.15`: a package of the runtime alone has no such module.
  const { stdout } = probe(path, ['--list-modules']);
  const version = /^jdk\.compiler@(\S+)/m.exec(stdout ?? '')?.[1];
  if (version === undefined) throw new CannotRunHere('no-java-compiler');
  return { path, version };
}
