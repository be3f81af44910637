/** Runs a learner's server loop once, in a process of its own: `node run-serve.ts JOB.json`. Started by serve-attempt.ts. */
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, open, residentPages, setNonBlocking, setOption } from '#libc';
import { faultsMet, injectFaults } from '../faults.ts';
import type { Left, Report } from '../job.ts';
import { errorSentence, loadModule } from '../learner-module.ts';
import { watchLeftovers } from '../leftovers.ts';
import { observed, slowDisk } from '../observed.ts';
import type { ServeJob } from './serve-task.ts';

type Serve = (clients: readonly { readonly socket: number; readonly path: string }[]) => unknown;

/** Small, so that a client who does not read fills it soon. */
const SEND_BUFFER_BYTES = 65_536;

const job = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as ServeJob;
const sockets = job.clients.map(({ port }) =>
  connect({ family: 'inet', port }, (fd) => setOption(fd, 'SO_SNDBUF', SEND_BUFFER_BYTES)),
);
for (const { fd } of sockets) setNonBlocking(fd, true);
writeFileSync(job.report, JSON.stringify(await run()));
for (const socket of sockets) socket[Symbol.dispose]();

async function run(): Promise<Report> {
  const loaded = await loadModule(job.module);
  if (loaded.state === 'cannot-load') return loaded;
  const serve = loaded.exported[job.function];
  if (typeof serve !== 'function') return { state: 'no-export' };
  const residentBefore = job.clients.map(({ path }) => residentOf(path));
  const leftovers = watchLeftovers();
  const left = (): Left => ({
    ...leftovers(job.clients.map(({ path }) => path)),
    faultsMet: faultsMet(),
    seen: { ...observed(), residentBefore },
  });
  injectFaults(job.faults);
  if (job.slowDisk) slowDisk();
  try {
    const clients = job.clients.map(({ path }, at) => ({ socket: sockets[at]?.fd ?? -1, path }));
    await (serve as Serve)(clients);
    return { state: 'returned', left: left() };
  } catch (error) {
    return { state: 'threw', message: errorSentence(error, job.module), left: left() };
  }
}

function residentOf(path: string): number {
  using file = open(path);
  return residentPages(file.fd);
}
