/** The crew of the lab log-broker: a broker, bare loops beside it, and clients that fetch and look at nothing. */
import type { FetchAnswer, LookAnswer, Target } from '#broker/client/protocol.ts';
import type { FetchPathName } from '#broker/fetch/index.ts';
import { Meter } from '#libc';
import { CannotRunHere } from '#machine/cannot-run.ts';
import type { Child } from '#machine/child.ts';
import type { Crew } from '#measure/crew.ts';
import { emptyCallNs } from '#measure/empty-calls.ts';
import type { Cell } from '#measure/schedule.ts';
import { affordable, type Session } from '#measure/session.ts';
import type { WorkerAnswer } from '#measure/task.ts';
import type { Factors } from '#model/result.ts';
import { ask } from './ask.ts';
import { type Ask, askOf, DISK_BATCH_BYTES, parts, topicOf } from './asks.ts';
import { keepWarm, putOnDisk } from './log-pages.ts';
import { pacedSample } from './paced.ts';
import { congestionOf, logOf, type Server, Servers } from './servers.ts';
import { stalledSample } from './stalled.ts';
import { startClient } from './start-broker.ts';
import { makeTopics } from './topics.ts';
import { type Traffic, watchTraffic } from './traffic-calls.ts';
import { WarmUp } from './warm-up.ts';
import { weigh } from './weigh.ts';

/** How much is served in a sample, and how much there is. Bytes. */
export interface Amount {
  readonly topicBytes: number;
  readonly sampleBytes: number;
  /** The same for one consumer: so much that the first fetches, which find other code in the processor's caches, weigh little. */
  readonly oneBytes: number;
  /** Fetches of another sample at most, where fewer than usual are enough. */
  readonly mostFetches?: number;
  /** What one consumer fetches before its first sample. */
  readonly warmBytes?: number;
}

/** Fetches of a sample: enough for 5 ms, and not so many that small ones take seconds; of one consumer, more. */
const FETCHES = [8, 512] as const;
const MOST_OF_ONE = 4096;
/** A response of the client that fetches from the disk. */
const LARGE_BYTES = 8 * 2 ** 20;
/** What is produced and fetched under strace. */
const TRACED_BYTES = 2 ** 20;

/** Puts the processes together and makes the topics. */
export async function openBrokers(session: Session, asked: Amount, settings: readonly Factors[]): Promise<Crew> {
  const amount = { ...asked, topicBytes: affordable(session.request.bytes ?? asked.topicBytes, session.work) };
  const servers = await Servers.start(session);
  const client = startClient(session);
  servers.batchRecords = await makeTopics(client, servers.plainPort, settings, amount.topicBytes);
  return new BrokerCrew(session, servers, client, amount);
}

class BrokerCrew implements Crew {
  readonly #session: Session;
  readonly #servers: Servers;
  readonly #client: Child;
  readonly #amount: Amount;
  readonly #meter = new Meter();
  /** What a server was found to hold, by port and topic. */
  readonly #looked = new Map<string, LookAnswer>();
  readonly #warmUp: WarmUp;
  readonly #traffic = new Map<string, Traffic | null>();
  /** A client beside the one that is timed. */
  #other: Child | undefined;
  #stirred = 0;
  readonly #otherLooked = new Set<number>();

  constructor(session: Session, servers: Servers, client: Child, amount: Amount) {
    this.#session = session;
    this.#servers = servers;
    this.#client = client;
    this.#amount = amount;
    this.#warmUp = new WarmUp(amount.warmBytes ?? 0);
  }

  async work({ variant, factors }: Cell): Promise<WorkerAnswer> {
    try {
      const what = askOf(factors);
      if (what.part === parts.slow) return await stalledSample(this.#session, variant as FetchPathName, what);
      const server = await this.#servers.of(variant, what);
      const looked = await this.#look(server, what);
      if (what.part === parts.alone || what.part === parts.beside) return await this.#paced(server, what, looked);
      const traffic =
        what.part === parts.one && !variant.startsWith('bare-') ? await this.#watch(variant, server) : null;
      return await this.#fetch(server, what, looked, traffic);
    } catch (error) {
      if (!(error instanceof CannotRunHere)) throw error;
      return { cannotRun: { why: error.code, args: { ...error.args } } };
    }
  }

  async emptyCallNs(): Promise<number> {
    // The broker makes no calls for us: this process stands for it.
    return emptyCallNs(this.#meter);
  }

  end(): void {
    this.#client.end();
    this.#other?.end();
    this.#servers.end();
  }

  /** What a server holds, fetched whole and hashed: once each. */
  async #look(server: Server, what: Ask): Promise<LookAnswer> {
    const key = `${server.port} ${what.batchBytes}`;
    const known = this.#looked.get(key);
    if (known) return known;
    const found = await ask<LookAnswer>(this.#client, {
      do: 'look',
      at: { ...this.#target(server, what), maxBytes: 2 ** 20 },
    });
    this.#looked.set(key, found);
    return found;
  }

  /** The calls of a way, once: something is produced, and fetched again. */
  async #watch(variant: string, { pid, port, tls }: Server): Promise<Traffic | null> {
    const known = this.#traffic.get(variant);
    if (known !== undefined) return known;
    const topic = `traced-${variant}`;
    const plain = this.#servers.plainPort;
    await ask(this.#client, { do: 'create', port: plain, topic });
    const traffic = await watchTraffic(this.#session, pid, topic, async () => {
      const batchBytes = TRACED_BYTES / 8;
      await ask(this.#client, { do: 'produce', port: plain, topic, batchBytes, bytes: TRACED_BYTES });
      await ask(this.#client, { do: 'look', at: { port, tls, topic, maxBytes: TRACED_BYTES } });
    });
    this.#traffic.set(variant, traffic);
    return traffic;
  }

  /** Small fetches at a fixed rate, while another client fetches a log from the disk, or while nobody does. */
  async #paced(server: Server, what: Ask, looked: LookAnswer): Promise<WorkerAnswer> {
    if (what.part === parts.alone) return await pacedSample(this.#client, server, this.#target(server, what), looked);
    const large = { ...what, fetchBytes: LARGE_BYTES, batchBytes: DISK_BATCH_BYTES };
    this.#other ??= startClient(this.#session, 'other client');
    const at = this.#target(server, large);
    if (!this.#otherLooked.has(server.port)) await ask(this.#other, { do: 'look', at: { ...at, maxBytes: 2 ** 20 } });
    this.#otherLooked.add(server.port);
    await ask(this.#other, { do: 'open', at });
    await putOnDisk(logOf(server.folder, large.batchBytes), () => this.#stir(server));
    const fetches = Math.ceil(this.#amount.topicBytes / LARGE_BYTES);
    const beside = ask(this.#other, { do: 'fetch', at, fetches });
    const sample = await pacedSample(this.#client, server, this.#target(server, what), looked);
    await beside;
    return sample;
  }

  /** Has a broker answer something that is no fetch. */
  async #stir({ port }: Server): Promise<void> {
    await ask(this.#client, { do: 'create', port, topic: `stirred-${this.#stirred++}` });
  }

  async #fetch(server: Server, what: Ask, looked: LookAnswer, traffic: Traffic | null): Promise<WorkerAnswer> {
    const path = logOf(server.folder, what.batchBytes);
    const at = this.#target(server, what);
    await ask(this.#client, { do: 'open', at });
    if (what.part === parts.one) await this.#warmUp.ensure(this.#client, at);
    if (what.cold) await putOnDisk(path, () => this.#stir(server));
    else keepWarm(path);
    const fetches = this.#fetches(what);
    const { got, weight } = await weigh(server.pid, () => ask<FetchAnswer>(this.#client, { do: 'fetch', at, fetches }));
    return {
      wallNs: got.wallNs,
      ...weight,
      work: {
        bytes: got.bytes,
        check: looked.sha256,
        receiverCpuNs: got.cpuNs,
        extra: {
          operations: got.fetches,
          wholeBytes: got.wholeBytes,
          receives: got.receives / got.fetches,
          ...traffic,
        },
      },
    };
  }

  /** A log from the disk is fetched once, for then it is in memory. */
  #fetches({ part, fetchBytes, consumers, cold }: Ask): number {
    const { topicBytes, sampleBytes, oneBytes, mostFetches } = this.#amount;
    const one = part === parts.one;
    const bytes = cold ? topicBytes / 2 : Math.min(one ? oneBytes : sampleBytes, 8 * topicBytes);
    const [fewest, most] = FETCHES;
    return Math.max(
      consumers,
      cold ? 1 : fewest,
      Math.min(one ? MOST_OF_ONE : (mostFetches ?? most), Math.round(bytes / fetchBytes)),
    );
  }

  #target({ port, tls }: Server, { batchBytes, fetchBytes, consumers, copies, socket }: Ask): Target {
    const congestion = socket === 'bbr' ? 'bbr' : congestionOf(this.#session);
    return { port, tls, topic: topicOf(batchBytes), maxBytes: fetchBytes, consumers, congestion, copies };
  }
}
