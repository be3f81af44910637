/**
 * An Apache Kafka of one node, broker and controller in one process (KRaft), on loopback and in a folder of the run. It
 * is ended when it is disposed of, and by the guard when nobody is left to do that.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import type { Program } from '#machine/program.ts';
import { javaFault, type KafkaPrograms, runTool, startJava } from './tool.ts';

export interface ApacheKafkaOptions {
  /** A folder for its data and configuration, which is made; inside the run's own. */
  readonly folder: string;
  /** Properties of the broker beside those that it always has, which they may replace. */
  readonly properties?: Readonly<Record<string, string>>;
  /** Flags of java: heap and, in a lab, what is measured with. */
  readonly flags?: readonly string[];
}

/** It starts in 2 to 3 s on an idle machine. */
const START_MS = 120_000;
/** It ends in 2 s, and writes what it has to first. */
const STOP_MS = 60_000;
/** Somebody else may have taken a port between the choice and the start. */
const TRIES = 3;

export class ApacheKafka implements AsyncDisposable {
  /** `host:port` for clients, without encryption. */
  readonly bootstrap: string;
  /** `log.dirs`: a folder for each partition. */
  readonly dataFolder: string;
  readonly pid: number;
  readonly #program: Program;

  private constructor(bootstrap: string, dataFolder: string, program: Program) {
    this.bootstrap = bootstrap;
    this.dataFolder = dataFolder;
    this.pid = program.pid;
    this.#program = program;
  }

  /** Starts one and waits until it answers. @throws {ChildBroke} with the first error that it named when it does not start */
  static async start(kafka: KafkaPrograms, options: ApacheKafkaOptions): Promise<ApacheKafka> {
    for (let tries = 1; ; tries++) {
      const folder = join(options.folder, `try-${tries}`);
      const [port, controllerPort] = await freePorts();
      const file = await configure(kafka, folder, { ...usual(folder, port, controllerPort), ...options.properties });
      const log4j = join(folder, 'log4j2.xml');
      writeFileSync(log4j, LOG4J);
      const flags = [...(options.flags ?? ['-Xmx512m']), `-Dlog4j2.configurationFile=${log4j}`];
      const program = startJava('kafka.Kafka', [file], kafka, { flags });
      try {
        await program.until((said) => said.includes('Kafka Server started'), START_MS);
        return new ApacheKafka(`127.0.0.1:${port}`, join(folder, 'data'), program);
      } catch (error) {
        await program.end();
        if (tries === TRIES || !program.said.includes('Address already in use'))
          throw javaFault('broker', program, error);
      }
    }
  }

  /** Asks it to end, and waits until its logs are closed whole. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program.end(STOP_MS);
  }
}

/** What every broker here has: no replicas, no waiting for members of a group. */
function usual(folder: string, port: number, controllerPort: number): Record<string, string> {
  const replication = ['offsets.topic', 'transaction.state.log', 'share.coordinator.state.topic'].map(
    (name) => [`${name}.replication.factor`, '1'] as const,
  );
  return {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SSL:SSL',
    'log.dirs': join(folder, 'data'),
    ...Object.fromEntries(replication),
    'offsets.topic.num.partitions': '1',
    'transaction.state.log.num.partitions': '1',
    'transaction.state.log.min.isr': '1',
    'share.coordinator.state.topic.num.partitions': '1',
    'share.coordinator.state.topic.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
  };
}

/** Writes its properties and formats its data folder. @returns the file of properties */
async function configure(kafka: KafkaPrograms, folder: string, properties: Record<string, string>): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'server.properties');
  writeFileSync(
    file,
    Object.entries(properties)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  await runTool('format', ['format', '-t', clusterId(), '-c', file], kafka);
  return file;
}

/** 16 bytes in URL-safe base64, as class `Uuid` of Kafka writes them; never with a hyphen in front, as an option has. */
function clusterId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? clusterId() : id;
}

/** Two ports that nobody listens on at this moment. */
async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()] as const;
  const ports = servers.map(
    (server) =>
      new Promise<number>((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
      }),
  );
  const [first, second] = (await Promise.all(ports)) as [number, number];
  for (const server of servers) server.close();
  return [first, second];
}

/** Only warnings, and the one line that says that it is ready. */
const LOG4J = `<Configuration status="ERROR">
  <Appenders>
    <Console name="stderr" target="SYSTEM_ERR"><PatternLayout pattern="%p %c{1}: %m%n%throwable{short.message}"/></Console>
  </Appenders>
  <Loggers>
    <Root level="WARN"><AppenderRef ref="stderr"/></Root>
    <Logger name="kafka.server.KafkaRaftServer" level="INFO"/>
  </Loggers>
</Configuration>
`;
