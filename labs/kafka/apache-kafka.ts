/**
 * An Apache Kafka of one node, broker and controller in one process (KRaft), on loopback and in a folder of the run. It
 * is ended when it is disposed of, and by the guard when nobody is left to do that.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { pinned } from '#machine/pinned.ts';
import type { Program } from '#machine/program.ts';
import { javaFault, type KafkaPrograms, runTool, startJava } from './tool.ts';

export interface ApacheKafkaOptions {
  /** A folder for its data and configuration, which is made; inside the run's own. */
  readonly folder: string;
  /** Properties of the broker beside those that it always has, which they may replace. */
  readonly properties?: Readonly<Record<string, string>>;
  /** Flags of java: heap and, in a lab, what is measured with. */
  readonly flags?: readonly string[];
  /** A file of PEM with key and certificate: then there is a listener with TLS as well. */
  readonly keystore?: string;
  /** CPU to pin it to. */
  readonly cpu?: number | null;
  /** The node that has the controller: this one is a second broker of its cluster. */
  readonly joins?: ApacheKafka;
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
  /** Of its listeners; the one for TLS is there only with a keystore. */
  readonly ports: Ports;
  /** File with what java printed on stdout: thread dumps. */
  readonly output: string;
  readonly clusterId: string;
  readonly nodeId: number;
  readonly #program: Program;

  private constructor(node: Node, output: string, program: Program) {
    this.bootstrap = `127.0.0.1:${node.ports.plain}`;
    this.dataFolder = join(node.folder, 'data');
    this.pid = program.pid;
    this.ports = node.ports;
    this.output = output;
    this.clusterId = node.clusterId;
    this.nodeId = node.id;
    this.#program = program;
  }

  /** Starts one and waits until it answers. @throws {ChildBroke} with the first error that it named when it does not start */
  static async start(kafka: KafkaPrograms, options: ApacheKafkaOptions): Promise<ApacheKafka> {
    for (let tries = 1; ; tries++) {
      const node = await nodeFor(join(options.folder, `try-${tries}`), options);
      const file = await configure(kafka, node, { ...usual(node, options), ...options.properties });
      const log4j = join(node.folder, 'log4j2.xml');
      writeFileSync(log4j, LOG4J);
      const flags = [...(options.flags ?? ['-Xmx512m']), `-Dlog4j2.configurationFile=${log4j}`];
      const output = join(node.folder, 'stdout.txt');
      const program = pinned(options.cpu ?? null, () => startJava('kafka.Kafka', [file], kafka, { flags, output }));
      try {
        await program.until((said) => said.includes('Kafka Server started'), START_MS);
        return new ApacheKafka(node, output, program);
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

interface Ports {
  readonly plain: number;
  readonly tls: number;
  readonly controller: number;
}

/** Who a broker is, and where. */
interface Node {
  readonly id: number;
  readonly folder: string;
  readonly ports: Ports;
  readonly clusterId: string;
}

async function nodeFor(folder: string, { joins }: ApacheKafkaOptions): Promise<Node> {
  const [plain, tls, controller] = await freePorts();
  if (!joins) return { id: 1, folder, ports: { plain, tls, controller }, clusterId: newClusterId() };
  const ports = { plain, tls, controller: joins.ports.controller };
  return { id: joins.nodeId + 1, folder, ports, clusterId: joins.clusterId };
}

/** What every broker here has: no replicas unless a topic asks for them, no waiting for members of a group. */
function usual({ id, folder, ports }: Node, { keystore, joins }: ApacheKafkaOptions): Record<string, string> {
  const replication = ['offsets.topic', 'transaction.state.log', 'share.coordinator.state.topic'].map(
    (name) => [`${name}.replication.factor`, '1'] as const,
  );
  const listeners = [
    `PLAINTEXT://127.0.0.1:${ports.plain}`,
    ...(keystore ? [`SSL://127.0.0.1:${ports.tls}`] : []),
    ...(joins ? [] : [`CONTROLLER://127.0.0.1:${ports.controller}`]),
  ];
  return {
    'process.roles': joins ? 'broker' : 'broker,controller',
    'node.id': String(id),
    'controller.quorum.voters': `${joins?.nodeId ?? id}@127.0.0.1:${ports.controller}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    listeners: listeners.join(),
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SSL:SSL',
    ...(keystore ? { 'ssl.keystore.type': 'PEM', 'ssl.keystore.location': keystore } : {}),
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
async function configure(
  kafka: KafkaPrograms,
  { folder, clusterId }: Node,
  properties: Record<string, string>,
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'server.properties');
  writeFileSync(
    file,
    Object.entries(properties)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  await runTool('format', ['format', '-t', clusterId, '-c', file], kafka);
  return file;
}

/** 16 bytes in URL-safe base64, as class `Uuid` of Kafka writes them; never with a hyphen in front, as an option has. */
function newClusterId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? newClusterId() : id;
}

/** Ports that nobody listens on at this moment. */
async function freePorts(): Promise<[number, number, number]> {
  const servers = [createServer(), createServer(), createServer()] as const;
  const ports = servers.map(
    (server) =>
      new Promise<number>((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
      }),
  );
  const found = (await Promise.all(ports)) as [number, number, number];
  for (const server of servers) server.close();
  return found;
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
