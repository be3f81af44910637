/**
 * `./zc exec node labs/kafka/fetch.ts`: brings Apache Kafka's jars into the cache, for labs and tests that need them.
 * `--check` brings nothing: it says what is here, or what would make it run. Exit code 3: it cannot run here.
 */
import { CannotRunHere } from '#machine/cannot-run.ts';
import { Guard } from '#machine/guard.ts';
import { findProgram } from '#machine/program.ts';
import { needText } from '#model/words/needs.ts';
import { findJars, type Jars, provideJars } from './jars.ts';
import { findJava } from './java.ts';

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const [only, ...others] = args;
  if (others.length > 0 || (only !== undefined && only !== '--check')) {
    console.error(`Cannot read '${args.join(' ')}': the only option is --check`);
    return 2;
  }
  try {
    const java = findJava();
    console.log(`${only ? check() : named(await fetched())}, ${java}`);
    return 0;
  } catch (error) {
    if (!(error instanceof CannotRunHere)) throw error;
    const { why, remedy } = needText({ why: error.code, args: error.args });
    console.log(`no: ${why}. ${remedy ?? 'Nothing would help.'}`);
    return 3;
  }
}

function named({ version, classPath }: Jars): string {
  return `Apache Kafka ${version} in ${classPath.slice(0, -2)}`;
}

/** @throws {CannotRunHere} when neither the jars nor Maven are here */
function check(): string {
  const jars = findJars();
  if (jars) return named(jars);
  try {
    return `Apache Kafka, which ${findProgram('mvn')} would bring`;
  } catch (error) {
    throw new CannotRunHere('no-kafka', {}, { cause: error });
  }
}

async function fetched(): Promise<Jars> {
  const guard = new Guard();
  try {
    return await provideJars(guard, (line) => console.error(line));
  } finally {
    await guard.release();
  }
}
