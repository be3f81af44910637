/** What a trace of system calls says about a program: by which way the bytes of files went into sockets. */
import { type Flow, referencedBytes, type Tally, type Unaccounted, type Way } from '../tally.ts';
import { formatBytes, formatCount, formatPercent } from './units.ts';

/** Says in one or two sentences what went by page reference and what was copied. */
export function inspectConclusion({ flows, sockets, reads }: Tally): string {
  const total = sum(flows.map(({ bytes }) => bytes));
  const sent = sum(sockets.map(({ bytes }) => bytes));
  if (sent === 0) return 'No bytes were seen going into a socket while it was traced.';
  if (total === 0) {
    const unsent = [...reads].sort((a, b) => b.bytes - b.sent - (a.bytes - a.sent))[0];
    const hint =
      unsent && unsent.bytes - unsent.sent >= LARGE_BYTES && sent >= LARGE_BYTES
        ? ` It read ${formatBytes(unsent.bytes)} of ${unsent.file}, none of which went out as it was: bytes that are encrypted or compressed on the way are other bytes, which the CPU made.`
        : '';
    return `No file's bytes were seen going into a socket: all ${formatBytes(sent)} came from the program's memory.${hint}`;
  }
  const referenced = sum(flows.map(referencedBytes));
  const asked = sum(
    flows.flatMap(({ ways }) => ways.filter(({ moved }) => moved === 'asked')).map(({ bytes }) => bytes),
  );
  const open =
    asked > 0
      ? ` For ${formatBytes(asked)} it asked the kernel not to copy (MSG_ZEROCOPY); whether the kernel did is not seen here.`
      : '';
  if (referenced === total)
    return `All ${formatBytes(total)} of files that went into sockets went by page reference (${callsOf(flows, 'reference')}): the CPU copied none of it on the way in.`;
  if (asked === total)
    return `None of the ${formatBytes(total)} of files that went into sockets is known to have gone by page reference.${open}`;
  if (referenced === 0 && asked === 0)
    return `None of the ${formatBytes(total)} of files that went into sockets went by page reference: the CPU copied all of it (${callsOf(flows, 'copy')}).`;
  return `${formatPercent(referenced / total)} of the ${formatBytes(total)} of files that went into sockets went by page reference (${callsOf(flows, 'reference')}); ${formatBytes(total - referenced - asked)} was copied by the CPU (${callsOf(flows, 'copy')}).${open}`;
}

/** Less than that read and not sent needs no explanation: configuration, libraries. Bytes. */
const LARGE_BYTES = 65_536;

/** The ways that carried most, by name: `read + write`. */
function callsOf(flows: readonly Flow[], moved: Way['moved']): string {
  const names = new Map<string, number>();
  for (const way of flows.flatMap(({ ways }) => ways).filter((one) => one.moved === moved))
    names.set(wayText(way), (names.get(wayText(way)) ?? 0) + way.bytes);
  const sorted = [...names].sort(([, a], [, b]) => b - a).map(([name]) => name);
  return sorted.length > 3 ? `${sorted.slice(0, 3).join(', ')} and others` : sorted.join(', ') || 'nothing';
}

/** `read + write`; `sendfile`. */
export function wayText({ calls }: Pick<Way, 'calls'>): string {
  return calls.join(' + ');
}

/** What the kernel refused and what carried the bytes instead; null where nothing was refused. */
export function refusalText(flows: readonly Flow[]): string | null {
  const refused = flows.filter(({ refusals }) => refusals.length > 0);
  if (refused.length === 0) return null;
  const names = new Set(refused.flatMap(({ refusals }) => refusals.map(({ call, errno }) => `${call} (${errno})`)));
  const calls = new Set(refused.flatMap(({ refusals }) => refusals.map(({ call }) => call)));
  const instead = refused.flatMap(({ ways }) => ways).filter((way) => !way.calls.some((call) => calls.has(call)));
  const bytes = sum(instead.map((way) => way.bytes));
  const tail =
    bytes > 0 ? `, and ${[...new Set(instead.map(wayText))].join(', ')} carried ${formatBytes(bytes)} instead` : '';
  return `Refused: ${[...names].join(', ')}${tail}.`;
}

/** What came from the programs' own memory; null for nothing. */
export function memoryText({ sockets, flows }: Tally): string | null {
  const bytes = sum(sockets.map(({ fromMemory }) => fromMemory));
  if (bytes === 0 || flows.length === 0) return null;
  return `From the program's own memory: ${formatBytes(bytes)}: headers, or bytes whose origin was not seen.`;
}

const reasons: Readonly<Record<string, (args: Unaccounted['args']) => string>> = {
  'io-uring': ({ times }) =>
    `${counted(times, 'call')} of io_uring_enter, whose work no trace of calls shows (Node and others on libuv only register with epoll that way)`,
  'io-uring-polled': () => 'an io_uring that the kernel polls, which works without any call',
  'unreadable-line': ({ times }) => `${counted(times, 'line')} of strace that could not be read`,
  unreadable: ({ call }) => `a ${call ?? 'call'} whose buffers could not be read`,
  unfinished: ({ call }) => `a ${call ?? 'call'} that had not returned when the trace ended`,
  'unknown-thread': () => 'threads whose beginning was not seen',
  'many-messages': () => 'messages sent by sendmmsg',
  vmsplice: () => 'memory that vmsplice put into a pipe',
  'pipe-from-elsewhere': () => 'bytes that came through a pipe from a program that was not traced',
  'before-attach': ({ times }) => `whatever ${counted(times, 'socket')} carried before the trace began`,
  'kernel-tls': () =>
    'encryption inside the kernel (TCP_ULP tls): the CPU reads and encrypts every byte, by sendfile too',
};

function counted(times: string | number | undefined, what: string): string {
  const count = Number(times ?? 1);
  return `${formatCount(count)} ${count === 1 ? what : `${what}s`}`;
}

/** One reason why bytes may be missing from the account, as a clause. */
export function unaccountedText({ code, args, bytes }: Unaccounted): string {
  const text = Object.hasOwn(reasons, code) ? (reasons[code]?.(args) ?? code) : `'${code}'`;
  return bytes === null ? text : `${formatBytes(bytes)}: ${text}`;
}

/** What tracing does to the program that is traced, before it begins. 81 to 95 µs a call with strace 6.1 on a small virtual machine. */
export function traceCost(filters: boolean, attached: boolean): string {
  const whom = attached
    ? 'Every system call of it takes'
    : filters
      ? 'Each call that moves bytes takes'
      : 'Every system call takes';
  const others = filters && !attached ? ', every other nearly nothing' : '';
  const harm = attached ? ' Do not do this to a server that is busy.' : '';
  return `Tracing slows it down. ${whom} about 0.1 ms more${others}, so nothing is timed.${harm}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
