/**
 * The threads of a broker by what they are for. Linux keeps 15 characters of a name, in which network threads and request
 * handlers are alike (`data-plane-kafk`); so Java is asked for a thread dump, which has whole names and numbers:
 *
 *     "data-plane-kafka-network-thread-1-ListenerName(PLAINTEXT)-PLAINTEXT-0" #41 … nid=0x1f2b runnable   (Java 17)
 *     "data-plane-kafka-request-handler-0" #52 [8011] … nid=8011 waiting on condition                      (Java 21)
 */
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fact } from '#machine/facts.ts';
import type { ApacheKafka } from './apache-kafka.ts';

export interface BrokerThreads {
  /** Those that read requests and send responses: they call sendfile. */
  readonly network: readonly number[];
  /** Those that look up what is asked for. */
  readonly handlers: readonly number[];
}

const DUMP_MS = 20_000;
const LOOK_MS = 20;
/** The last line of a dump but one, in every release. */
const END = /^JNI global ref/m;

/** Asks a broker for its threads; kill -QUIT makes Java print them and go on. @throws {Error} when it prints none */
export async function threadsOf({ pid, output }: ApacheKafka): Promise<BrokerThreads> {
  const before = readFileSync(output, 'utf8').length;
  process.kill(pid, 'SIGQUIT');
  for (let waited = 0; waited < DUMP_MS; waited += LOOK_MS) {
    const dump = readFileSync(output, 'utf8').slice(before);
    if (END.test(dump)) return readDump(dump);
    await wait(LOOK_MS);
  }
  throw new Error(`Cannot tell the threads of process ${pid} apart: it printed no thread dump`);
}

/** Numbers of the threads, as the kernel has them. @throws {Error} when there is no network thread in it */
export function readDump(dump: string): BrokerThreads {
  const threads = [...dump.matchAll(/^"([^"]*)".*\bnid=(0x[0-9a-f]+|\d+)/gm)].map(([, name = '', nid]) => ({
    name,
    number: Number(nid),
  }));
  const named = (part: string) => threads.filter(({ name }) => name.includes(part)).map(({ number }) => number);
  const network = named('-kafka-network-thread-');
  if (network.length === 0) throw new Error('Expected network threads in a thread dump, found none');
  return { network, handlers: named('-kafka-request-handler-') };
}

/** CPU time of some threads of a process, ns: the first field of /proc/PID/task/TID/schedstat. */
export function cpuNsOf(pid: number, threads: readonly number[]): number {
  return threads.reduce((sum, thread) => {
    const [cpuNs = '0'] = (fact(`/proc/${pid}/task/${thread}/schedstat`) ?? '').split(' ');
    return sum + Number(cpuNs);
  }, 0);
}
