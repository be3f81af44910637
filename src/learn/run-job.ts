/** Runs a learner's file once, in a process of its own: `node run-job.ts JOB.json`. Started by attempt.ts. */
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, getOption, setOption, setTimeouts, tcpInfo } from '#libc';
import { faultsMet, injectFaults } from './faults.ts';
import type { Job, Left, Report } from './job.ts';
import { errorSentence, loadModule } from './learner-module.ts';
import { watchLeftovers } from './leftovers.ts';

type Send = (socket: number, path: string, ...args: readonly (number | string)[]) => unknown;

/** How long a call on the socket may wait: a receiver that is alive takes something in that time. */
const SOCKET_MS = 20_000;

const job = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as Job;
const socket = connect({ family: 'inet', port: job.port }, (fd) => {
  setTimeouts(fd, SOCKET_MS);
  if (job.sendBuffer !== null) setOption(fd, 'SO_SNDBUF', job.sendBuffer);
});
writeFileSync(job.report, JSON.stringify(await run()));
socket[Symbol.dispose]();

async function run(): Promise<Report> {
  const loaded = await loadModule(job.module);
  if (loaded.state === 'cannot-load') return loaded;
  const send = loaded.exported[job.function];
  if (typeof send !== 'function') return { state: 'no-export' };
  const leftovers = watchLeftovers();
  const left = (): Left => ({
    ...leftovers([job.path]),
    faultsMet: faultsMet(),
    tcp: { ...tcpInfo(socket.fd), corked: getOption(socket.fd, 'TCP_CORK') !== 0 },
  });
  injectFaults(job.faults);
  try {
    await (send as Send)(socket.fd, job.path, ...job.args);
    return { state: 'returned', left: left() };
  } catch (error) {
    return { state: 'threw', message: errorSentence(error, job.module), left: left() };
  }
}
