/** The path of one chain of calls that a trace saw: what `./zc inspect` found a program to do, as the figures draw paths. */
import type { Flow, Way } from '../tally.ts';
import { type Actor, afterSendQueue, callsFor, fromDisk, type Hop, type Path, type Place, type Route } from './path.ts';

/** Calls as src/proof/calls names them: `pread` for pread64. The last of a chain put the bytes into a socket. */
export function seenPath({ calls, moved }: Way): Path {
  const hops: Hop[] = [];
  for (const [at, call] of calls.entries()) {
    const to = placeAfter(call, at === calls.length - 1);
    const by = actorOf(call, moved, to);
    hops.push({ from: hops.at(-1)?.to ?? 'page cache', to, by, during: duringOf(call), kernel: 'not looked at' });
  }
  return {
    technique: calls.join('-'),
    title: calls.join(' + '),
    hops: (route) => [fromDisk, ...hops, ...afterSendQueue(route)],
    setup: {},
    calls: (bytes, chunk) => Object.fromEntries(calls.map((call) => [call, callsFor(bytes, chunk)])),
  };
}

/** Where the receiver of a flow is: in the same machine when both ends are, or behind a card. */
export function seenRoute({ kind, socket }: Pick<Flow, 'kind' | 'socket'>): Route {
  if (kind === 'unix') return 'loopback';
  const [near, far] = socket.split('->').map((end) => end.replace(/:\d+$/, ''));
  return near !== undefined && (near === far || /^127\./.test(far ?? '')) ? 'loopback' : 'card';
}

/** Whether the path goes through no place twice: two programs and a pipe between them do not fit one drawing. */
export function isStraight(path: Path, route: Route): boolean {
  const places = path.hops(route).map(({ to }) => to);
  return new Set(places).size === places.length;
}

const READS = /^p?readv?2?$/;

function placeAfter(call: string, last: boolean): Place {
  if (last) return 'send queue';
  return READS.test(call) || call === 'mmap' ? 'user memory' : 'pipe';
}

/** Reads and writes copy. What hands on pages may still end in a copy: a socket on which the kernel encrypts. */
function actorOf(call: string, moved: Way['moved'], to: Place): Actor {
  if (/^(mmap|vmsplice)$/.test(call)) return 'reference';
  if (/^(sendfile|splice|tee)$/.test(call)) {
    return call === 'sendfile' && moved === 'copy' && to === 'send queue' ? 'cpu' : 'reference';
  }
  return moved === 'asked' && to === 'send queue' ? 'reference' : 'cpu';
}

function duringOf(call: string): string {
  return call === 'mmap' ? 'a page fault' : call;
}
