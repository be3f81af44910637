/** Runs a learner's file once, in a process of its own: `node run-job.ts JOB.json`. Started by attempt.ts. */
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { connect, getOption, setOption, setTimeouts, tcpInfo } from '#libc';
import { faultsMet, injectFaults } from './faults.ts';
import type { Job, Left, Report } from './job.ts';

type Send = (socket: number, path: string, ...args: readonly (number | string)[]) => unknown;

/** How long a call on the socket may wait: a receiver that is alive takes something in that time. */
const SOCKET_MS = 20_000;

const job = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as Job;
// The learner's file may lie anywhere, and its '#libc' is one whose calls can be made to fall short.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '#libc' && context.parentURL === pathToFileURL(job.module).href
      ? { url: new URL('./faulty-libc.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});
const socket = connect({ family: 'inet', port: job.port }, (fd) => {
  setTimeouts(fd, SOCKET_MS);
  if (job.sendBuffer !== null) setOption(fd, 'SO_SNDBUF', job.sendBuffer);
});
writeFileSync(job.report, JSON.stringify(await run()));
socket[Symbol.dispose]();

async function run(): Promise<Report> {
  let send: Send;
  try {
    const exported = (await import(pathToFileURL(job.module).href)) as Record<string, unknown>;
    if (typeof exported[job.function] !== 'function') return { state: 'no-export' };
    send = exported[job.function] as Send;
  } catch (error) {
    return { state: 'cannot-load', message: sentence(error) };
  }
  const before = new Set(descriptors().keys());
  const memory = beginPeak();
  injectFaults(job.faults);
  try {
    await send(socket.fd, job.path, ...job.args);
    return { state: 'returned', left: left(before, memory) };
  } catch (error) {
    return { state: 'threw', message: sentence(error), left: left(before, memory) };
  }
}

function left(before: ReadonlySet<number>, memory: number): Left {
  const opened = [...descriptors()].filter(([fd]) => !before.has(fd)).map(([, name]) => name);
  const maps = readFileSync('/proc/self/maps', 'utf8').split('\n');
  return {
    // The thread pool and timers of Node open event counters of their own, whenever they are used first.
    descriptors: opened.filter((name) => !name.startsWith('anon_inode:')),
    mappings: maps.filter((line) => line.endsWith(job.path)).length,
    grownBytes: Math.max(0, peak() - memory),
    faultsMet: faultsMet(),
    tcp: { ...tcpInfo(socket.fd), corked: getOption(socket.fd, 'TCP_CORK') !== 0 },
  };
}

/** Open descriptors and what they lead to. */
function descriptors(): Map<number, string> {
  const names = readdirSync('/proc/self/fd').flatMap((fd): [number, string][] => {
    try {
      return [[Number(fd), readlinkSync(`/proc/self/fd/${fd}`)]];
    } catch {
      // The one that read the folder is closed again.
      return [];
    }
  });
  return new Map(names);
}

/** Sets the highest resident memory back to what it is now, bytes: 5 into clear_refs, proc(5). */
function beginPeak(): number {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // Without it the peak so far counts, which was reached by starting: it can only hide growth, not invent it.
  }
  return peak();
}

function peak(): number {
  return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) * 1024;
}

/** The message, and the line of the learner's file that it comes from. */
function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const at = (error.stack ?? '').split('\n').find((line) => line.includes(pathToFileURL(job.module).href));
  const line = /:(\d+):\d+\)?$/.exec(at ?? '')?.[1];
  const first = error.message.trim().split('\n')[0] ?? '';
  return line && first ? `${first} (line ${line})` : first || error.name;
}
