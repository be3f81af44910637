import { ChildBroke } from '#machine/child.ts';
import type { Guard } from '#machine/guard.ts';
import { Program, type ProgramOptions } from '#machine/program.ts';
import type { Jars } from './jars.ts';

/** Main classes of Apache Kafka's tools, which its scripts in bin/ start. */
export const tools = {
  format: 'kafka.tools.StorageTool',
  topics: 'org.apache.kafka.tools.TopicCommand',
  configs: 'kafka.admin.ConfigCommand',
  reassign: 'org.apache.kafka.tools.reassign.ReassignPartitionsCommand',
  consoleProducer: 'org.apache.kafka.tools.ConsoleProducer',
  consoleConsumer: 'org.apache.kafka.tools.consumer.ConsoleConsumer',
  perfProducer: 'org.apache.kafka.tools.ProducerPerformance',
  perfConsumer: 'org.apache.kafka.tools.ConsumerPerformance',
  dumpLogSegments: 'org.apache.kafka.tools.DumpLogSegments',
} as const;

/** How Java programs of Apache Kafka are started: with which java, which jars, and who ends them. */
export interface KafkaPrograms {
  readonly java: string;
  readonly jars: Jars;
  readonly guard: Guard;
  /** What starts java: nsenter(1), for a network of its own. */
  readonly launcher?: readonly string[];
}

export interface ToolOptions extends Omit<ProgramOptions, 'tracer'> {
  /** Flags of java itself. */
  readonly flags?: readonly string[];
  readonly timeoutMs?: number;
}

const TOOL_MS = 120_000;

/** A tool that fits into little memory and starts soon: it runs for seconds, beside others. */
const lightFlags = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

/** Starts a Java program of Apache Kafka and does not wait. */
export function startJava(
  main: string,
  args: readonly string[],
  kafka: KafkaPrograms,
  options: ToolOptions = {},
): Program {
  const { flags = lightFlags, timeoutMs: _, ...rest } = options;
  const line = [...(kafka.launcher ?? []), kafka.java, ...flags, '-cp', kafka.jars.classPath, main, ...args];
  const [program = kafka.java, ...others] = line;
  return new Program(program, others, kafka.guard, rest);
}

/**
 * Runs a tool to its end.
 * @returns the end of what it printed, stderr included
 * @throws {ChildBroke} with the first error that it named when it failed @throws {ChildTimeout}
 */
export async function runTool(
  tool: keyof typeof tools,
  args: readonly string[],
  kafka: KafkaPrograms,
  options: ToolOptions = {},
): Promise<string> {
  const program = startJava(tools[tool], args, kafka, options);
  try {
    await program.succeed(options.timeoutMs ?? TOOL_MS);
    return program.said;
  } catch (error) {
    throw javaFault(tool, program, error);
  } finally {
    await program.end();
  }
}

/** The first error that a Java program named: its last line is one of a stack trace. Other errors stay as they are. */
export function javaFault(name: string, { said }: Program, error: unknown): unknown {
  const line = said.split('\n').find((one) => /Exception\b|\bERROR\b|\bFATAL\b|\bError\b/.test(one));
  if (!(error instanceof ChildBroke) || line === undefined) return error;
  return new ChildBroke(`Apache Kafka's ${name} failed: ${line.trim()}`, error.ended);
}
