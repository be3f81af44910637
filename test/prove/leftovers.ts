/** What a run has, and what is left of it afterwards: processes, sockets, files, the measuring lock. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { flock, LOCK_EX, LOCK_NB, O_RDWR, open } from '#libc';
import { loadResult } from '#machine/result-store.ts';
import { commandOf, type Process, processes, type Socket, sockets, socketsOf, startedWith } from './proc.ts';

/** Where a run keeps things, all its own. */
export interface Traces {
  /** Setting in the environment of every process of the run: `NAME=random`. */
  readonly marker: string;
  /** Folder from --work: nothing may be left in it. */
  readonly work: string;
  /** TMPDIR: nothing may be left in it. */
  readonly temporary: string;
  /** XDG_STATE_HOME: only whole results may be in it. */
  readonly state: string;
  /** ZC_LOCK: nobody may hold it. */
  readonly lock: string;
  /** XDG_CACHE_HOME of a run in the guest: no folder of a run may be left in it. */
  readonly cache: string;
}

/** What a run had at one moment. */
export interface Sighting {
  readonly processes: readonly Process[];
  readonly sockets: readonly Socket[];
  readonly files: readonly string[];
}

/** Looks at a run. @param root pid of its main process; its descendants belong to it even without the marker */
export function look(traces: Traces, root: number): Sighting {
  const all = processes();
  const family = new Set([root]);
  // A child may stand before its parent in the list: until nothing is added any more.
  for (let before = 0; before < family.size; ) {
    before = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  const own = all.filter((process) => family.has(process.pid) || startedWith(process, traces.marker));
  const inodes = new Set(own.flatMap(socketsOf));
  return {
    processes: own,
    sockets: sockets().filter(({ inode }) => inodes.has(inode)),
    files: filesUnder(traces.work),
  };
}

/** One sentence for each thing that is left. @param seen what the run had before */
export function leftovers(traces: Traces, seen: Sighting): string[] {
  return [
    ...leftProcesses(traces, seen).map((process) => `process ${process.pid} is alive: ${commandOf(process)}`),
    ...leftSockets(seen).map(({ name }) => `a socket is open: ${name}`),
    ...[traces.work, traces.temporary].flatMap(filesUnder).map((path) => `a file is left: ${path}`),
    ...filesUnder(traces.state)
      .filter(isHalf)
      .map((path) => `no whole result: ${path}`),
    ...filesUnder(traces.cache)
      .filter((path) => /\/run-[^/]*$/.test(path))
      .map((path) => `a folder of the run is left in the cache: ${path}`),
    ...(isHeld(traces.lock) ? [`the lock is held: ${traces.lock}`] : []),
  ];
}

/** Processes of the run that are alive: those that were seen, and whatever carries its marker. */
export function leftProcesses(traces: Traces, seen: Sighting): Process[] {
  const known = new Set(seen.processes.map(nameOf));
  return processes().filter((process) => known.has(nameOf(process)) || startedWith(process, traces.marker));
}

const nameOf = ({ pid, started }: Process): string => `${pid} ${started}`;

/** Sockets that were seen, abstract names of the run's processes, and connections of its ports that nobody holds. */
function leftSockets(seen: Sighting): Socket[] {
  const inodes = new Set(seen.sockets.map(({ inode }) => inode));
  const ports = new Set(seen.sockets.flatMap((socket) => socket.ports).filter((port) => port !== 0));
  const names = seen.processes.map(({ pid }) => `@zero-copy-measured-${pid}-`);
  return sockets().filter(
    ({ inode, name, ports: own }) =>
      (inode !== 0 && inodes.has(inode)) ||
      (inode === 0 && own.some((port) => ports.has(port))) ||
      names.some((start) => name.startsWith(start)),
  );
}

/** Files and folders below a folder, by path; none when it does not exist. */
function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
}

/** Whether this is neither a folder of results nor a result that can be read. */
function isHalf(path: string): boolean {
  if (statSync(path).isDirectory()) return basename(path).startsWith('run-');
  if (!path.endsWith('.json')) return true;
  try {
    loadResult(path);
    return false;
  } catch {
    return true;
  }
}

function isHeld(lock: string): boolean {
  if (!existsSync(lock)) return false;
  using file = open(lock, O_RDWR);
  return !flock(file.fd, LOCK_EX | LOCK_NB);
}
