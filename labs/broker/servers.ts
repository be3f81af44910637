/** The servers of a run, each started when it is first asked: brokers of ours with a listener for every way, and bare loops in C. */
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { segmentFile } from '#broker/storage/segment-name.ts';
import { listen, setCongestionControl } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Session } from '#measure/session.ts';
import { makeCertificate } from '#proof/copies/programs/certificate.ts';
import type { Ask, Socket } from './asks.ts';
import { topicOf } from './asks.ts';
import { type BareServer, startBare } from './bare-loop.ts';
import { type StartedBroker, startBroker } from './start-broker.ts';

/** Who answers. */
export interface Server {
  readonly pid: number;
  readonly port: number;
  readonly tls: boolean;
  /** Where its logs lie. */
  readonly folder: string;
}

/** Of the lab's variants, those that are listeners of our broker. */
export const fetchPaths = ['copying', 'mapped', 'sendfile'] as const;

/** socket.send.buffer.bytes of Apache Kafka. */
export const KAFKA_SEND_BUFFER_BYTES = 102_400;

export class Servers {
  readonly #session: Session;
  readonly #ports = new Map<string, number>();
  readonly #bare = new Map<string, BareServer>();
  #waiting: { readonly broker: StartedBroker; readonly folder: string } | undefined;
  /** Records of a batch, by its size: known when the topics are made. */
  batchRecords: ReadonlyMap<number, number> = new Map();
  readonly broker: StartedBroker;
  readonly withoutTls: { why: string; args: Record<string, string | number> } | null;

  private constructor(
    session: Session,
    broker: StartedBroker,
    ports: Map<string, number>,
    withoutTls: Servers['withoutTls'],
  ) {
    this.#session = session;
    this.broker = broker;
    this.#ports = ports;
    this.withoutTls = withoutTls;
  }

  /** Starts our broker on an empty folder. */
  static async start(session: Session): Promise<Servers> {
    const congestion = congestionOf(session);
    const plain = (['usual', 'buffer', 'bbr'] as const).flatMap((socket) =>
      fetchPaths.map((fetch) => ({ socket, fetch })),
    );
    const listeners: Parameters<typeof startBroker>[1]['listeners'][number][] = plain.map(({ socket, fetch }) => ({
      port: 0,
      fetch,
      congestionControl: socket === 'bbr' ? 'bbr' : congestion,
      ...(socket === 'buffer' ? { sendBufferBytes: KAFKA_SEND_BUFFER_BYTES } : {}),
    }));
    const certificate = await makeCertificate(session).catch((error: unknown) => {
      if (error instanceof CannotRunHere) return { why: error.code, args: { ...error.args } };
      throw error;
    });
    if (!('why' in certificate)) {
      const [key, text] = [certificate.key, certificate.file].map((file) => readFileSync(file, 'utf8')) as [
        string,
        string,
      ];
      listeners.push({ port: 0, fetch: 'tls', key, certificate: text, congestionControl: congestion });
    }
    const broker = await startBroker(session, { folder: folderOf(session), listeners });
    const names = [...plain.map(({ socket, fetch }) => `${socket} ${fetch}`), 'usual tls'];
    const ports = new Map(broker.ports.map((port, at) => [names[at] as string, port]));
    return new Servers(session, broker, ports, 'why' in certificate ? certificate : null);
  }

  /** The server of a variant. @throws {CannotRunHere} without a C compiler, for the bare loops, or openssl, for TLS */
  async of(variant: string, { socket, batchBytes }: Pick<Ask, 'socket' | 'batchBytes'>): Promise<Server> {
    const folder = folderOf(this.#session);
    if (variant.startsWith('bare-')) return { ...(await this.#bareOf(variant, batchBytes)), tls: false, folder };
    if (variant === 'sendfile-waits') return await this.#waitingOf();
    if (socket === 'bbr') requireBbr();
    const port = this.portOf(variant, socket);
    if (port !== undefined) return { pid: this.broker.pid, port, tls: variant === 'tls', folder };
    if (this.withoutTls) throw new CannotRunHere(this.withoutTls.why as 'no-program', this.withoutTls.args);
    throw new Error(`Cannot ask '${variant}': no server answers so`);
  }

  /** Where our broker takes what is produced. */
  get plainPort(): number {
    return this.portOf('sendfile', 'usual') as number;
  }

  /** Port of our broker for a fetch path. */
  portOf(variant: string, socket: Socket): number | undefined {
    return this.#ports.get(`${socket} ${variant}`);
  }

  end(): void {
    this.broker.end();
    this.#waiting?.broker.end();
  }

  /** A broker that lets everybody wait for the disk, on a copy of the data folder. */
  async #waitingOf(): Promise<Server> {
    if (!this.#waiting) {
      const folder = join(this.#session.folder, 'waiting');
      cpSync(folderOf(this.#session), folder, { recursive: true, filter: (path) => !/\/\.[a-z_]+$/.test(path) });
      const listeners = [{ port: 0, fetch: 'sendfile' as const, congestionControl: congestionOf(this.#session) }];
      this.#waiting = { broker: await startBroker(this.#session, { folder, listeners, warm: false }), folder };
    }
    const { pid, ports } = this.#waiting.broker;
    return { pid, port: ports[0] as number, tls: false, folder: this.#waiting.folder };
  }

  async #bareOf(variant: string, batchBytes: number): Promise<BareServer> {
    const key = `${variant} ${batchBytes}`;
    const known = this.#bare.get(key);
    if (known) return known;
    const log = {
      path: logOf(folderOf(this.#session), batchBytes),
      batchBytes,
      batchRecords: this.batchRecords.get(batchBytes) ?? 1,
    };
    const way = variant === 'bare-sendfile' ? 'sendfile' : 'copying';
    const started = await startBare(this.#session, way, log, { congestion: congestionOf(this.#session) });
    this.#bare.set(key, started);
    return started;
  }
}

/** The data folder of our broker. */
export const folderOf = ({ folder }: Session): string => join(folder, 'broker');

/** The log of a topic: one segment. */
export const logOf = (folder: string, batchBytes: number): string =>
  segmentFile(join(folder, `${topicOf(batchBytes)}-0`), 0n, 'log');

/** @throws {CannotRunHere} where it is not there, or not allowed */
function requireBbr(): void {
  const { socket } = listen({ family: 'inet', port: 0 });
  using _ = socket;
  if (!setCongestionControl(socket.fd, 'bbr')) throw new CannotRunHere('no-congestion-control', { name: 'bbr' });
}

/** What every compared socket is set to. */
export const congestionOf = ({ environment }: Session): string => environment.tcp.congestionControlUsed ?? 'reno';
