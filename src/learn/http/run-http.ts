/** Runs a learner's HTTP server in a process of its own: `node run-http.ts JOB.json`. Started by http-attempt.ts. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type Address, accept, listen, setTimeouts } from '#libc';
import { faultsMet, injectFaults } from '../faults.ts';
import type { Report } from '../job.ts';
import { errorSentence, loadModule } from '../learner-module.ts';
import { watchLeftovers } from '../leftovers.ts';
import type { HttpJob } from './http-task.ts';

type Answer = (socket: number, path: string) => unknown;

/** How long a call on a socket may wait: a client that is alive says or takes something in that time. */
const SOCKET_MS = 20_000;

const job = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as HttpJob;
writeFileSync(job.report, JSON.stringify(await run()));

async function run(): Promise<Report> {
  const loaded = await loadModule(job.module);
  if (loaded.state === 'cannot-load') return loaded;
  const answer = loaded.exported[job.function];
  if (typeof answer !== 'function') return { state: 'no-export' };
  const { socket, address } = listen({ family: 'inet', port: 0 });
  using listener = socket;
  setTimeouts(listener.fd, SOCKET_MS);
  const leftovers = watchLeftovers();
  injectFaults(job.faults);
  say(address);
  const thrown: (string | null)[] = [];
  while (thrown.length < job.connections) thrown.push(await takeOne(listener.fd, answer as Answer));
  return { state: 'returned', left: { ...leftovers([job.path]), faultsMet: faultsMet(), thrown } };
}

/** @returns what the learner's function threw; null when it came back */
async function takeOne(listener: number, answer: Answer): Promise<string | null> {
  using connection = accept(listener);
  setTimeouts(connection.fd, SOCKET_MS);
  try {
    await answer(connection.fd, job.path);
    return null;
  } catch (error) {
    return errorSentence(error, job.module);
  }
}

/** The port appears whole or not at all. */
function say(address: Address): void {
  if (address.family !== 'inet') throw new TypeError(`Expected a port, found ${JSON.stringify(address)}`);
  writeFileSync(`${job.portFile}.half`, String(address.port));
  renameSync(`${job.portFile}.half`, job.portFile);
}
