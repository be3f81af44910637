/** What /proc says of processes and sockets: proc(5). A zombie holds nothing and is no process here. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** In clock ticks since the machine started: with the pid it names one process for good. */
  readonly started: number;
}

/** Every process that is alive. */
export function processes(): Process[] {
  return readdirSync('/proc').flatMap((name) => {
    const text = /^\d+$/.test(name) ? textOf(`/proc/${name}/stat`) : null;
    if (text === null) return [];
    // The second field is the program's name in brackets, which may hold spaces and brackets itself.
    const [state, parent, ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X'
      ? []
      : [{ pid: Number(name), parent: Number(parent), started: Number(rest[17]) }];
  });
}

/** Whether the process was started with this in its environment, as `NAME=value`. */
export function startedWith({ pid }: Process, setting: string): boolean {
  return textOf(`/proc/${pid}/environ`)?.split('\0').includes(setting) ?? false;
}

/** Name of a process for a message: its command line. */
export function commandOf({ pid }: Process): string {
  return (textOf(`/proc/${pid}/cmdline`) ?? '').split('\0').join(' ').trim();
}

/** Inodes of the sockets that a process has open. */
export function socketsOf({ pid }: Process): number[] {
  let names: string[];
  try {
    names = readdirSync(`/proc/${pid}/fd`);
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    try {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${name}`))?.[1];
      return inode === undefined ? [] : [Number(inode)];
    } catch {
      return [];
    }
  });
}

export interface Socket {
  /** 0 for a TCP connection that no process holds any more. */
  readonly inode: number;
  /** TCP: ports of both ends. */
  readonly ports: readonly number[];
  /** AF_UNIX: the name, with `@` before an abstract one; TCP: both ends and the state. */
  readonly name: string;
}

/** TIME_WAIT of include/net/tcp_states.h: the end of a connection that was closed in good order. */
const TIME_WAIT = '06';

/** Every TCP socket that listens or has a connection, and every AF_UNIX socket. */
export function sockets(): Socket[] {
  const tcp = [...tableOf('tcp'), ...tableOf('tcp6')].flatMap((fields): Socket[] => {
    const [, local = '', remote = '', state = '', , , , , , inode] = fields;
    if (state === TIME_WAIT) return [];
    const ports = [local, remote].map((end) => Number.parseInt(end.split(':')[1] ?? '0', 16));
    return [{ inode: Number(inode), ports, name: `tcp ${ports.join(' → ')}, state ${state}` }];
  });
  const unix = tableOf('unix').map(([, , , , , , inode, ...name]): Socket => {
    return { inode: Number(inode), ports: [], name: name.join(' ') || 'unix, without a name' };
  });
  return [...tcp, ...unix];
}

/** The lines of a table in /proc/net, in fields. */
function tableOf(name: string): string[][] {
  const [, ...lines] = (textOf(`/proc/net/${name}`) ?? '').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => line.trim().split(/\s+/));
}

/** A file's text; null when it is gone, as the process is. */
function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
