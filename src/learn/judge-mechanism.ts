/** Whether the payload went the way that was asked for: a positive proof from the traced calls. */
import type { Finding, ProvedTransfers } from '#model/finding.ts';
import type { Flow, Tally } from '#model/tally.ts';

/** What else may be written to the socket, in bytes and as a share of the payload. */
const OTHER_BYTES = 4096;
const OTHER_SHARE = 0.01;

export interface Traced {
  readonly tally: Tally;
  /** The file whose bytes are the payload. */
  readonly file: string;
  readonly payload: number;
  /** Bytes that the receiver got, and the port they came from. */
  readonly arrived: number;
  readonly senderPort: number;
}

/** Chains of calls that are accepted. */
export type Ways = readonly (readonly string[])[];

/** What is wrong with the way of the bytes; empty: at least the payload came from this file by the calls asked for. */
export function mechanismFindings(traced: Traced, ways: Ways): Finding[] {
  const { tally, payload, arrived, senderPort } = traced;
  const findings: Finding[] = [];
  const sockets = tally.sockets.filter(({ socket }) => isFrom(socket, senderPort));
  const seen = sum(sockets.map(({ bytes }) => bytes));
  const flows = tally.flows.filter(({ socket }) => isFrom(socket, senderPort));
  const right = sum(goodWays(traced, ways).map(({ bytes }) => bytes));
  const call = ways[0]?.join('+') ?? '';
  if (arrived > seen) findings.push({ code: 'unaccounted', args: { bytes: arrived - seen, arrived } });
  if (right < payload && arrived <= seen) findings.push(wrongWay(traced, flows, ways, { call, moved: right, payload }));
  const others = seen - right;
  if (right >= payload && others > Math.min(OTHER_BYTES, payload * OTHER_SHARE))
    findings.push(wrongWay(traced, flows, ways, { call, moved: right, payload }));
  return findings;
}

/** The ways of the payload's own file that were asked for: bytes of each, and how often its last call was made. */
export function goodWays({ tally, file, senderPort }: Traced, ways: Ways): ProvedTransfers['ways'] {
  return tally.flows
    .filter((flow) => flow.file === file && isFrom(flow.socket, senderPort))
    .flatMap(({ ways: all, calls: made }) =>
      all
        .filter((way) => ways.some((calls) => calls.join() === way.calls.join()))
        .map(({ calls, bytes }) => ({ calls: calls.join('+'), bytes, times: made[calls.at(-1) ?? ''] ?? 0 })),
    );
}

/** The same calls of several transfers as one way. */
export function mergedWays(ways: ProvedTransfers['ways']): ProvedTransfers['ways'] {
  const merged = new Map<string, { calls: string; bytes: number; times: number }>();
  for (const { calls, bytes, times } of ways) {
    const one = merged.get(calls) ?? { calls, bytes: 0, times: 0 };
    merged.set(calls, { calls, bytes: one.bytes + bytes, times: one.times + times });
  }
  return [...merged.values()];
}

/** The largest part that went another way, named by its calls or by where it came from. */
function wrongWay(
  { tally, file, senderPort }: Traced,
  flows: readonly Flow[],
  ways: Ways,
  args: { call: string; moved: number; payload: number },
): Finding {
  const memory = sum(tally.sockets.filter(({ socket }) => isFrom(socket, senderPort)).map((one) => one.fromMemory));
  const rest: (Finding & { readonly weight: number })[] = [
    { code: 'from-memory', args: { ...args, otherBytes: memory }, weight: memory },
    ...flows.flatMap((flow) =>
      flow.ways
        .filter((way) => flow.file !== file || !ways.some((calls) => calls.join() === way.calls.join()))
        .map((way) => ({
          code: flow.file === file ? ('not-by-call' as const) : ('other-file' as const),
          args: { ...args, other: way.calls.join('+'), otherBytes: way.bytes },
          weight: way.bytes,
        })),
    ),
  ];
  const { code, args: found } = rest.reduce((largest, one) => (one.weight > largest.weight ? one : largest));
  return { code, args: found };
}

/** `127.0.0.1:PORT->…`. */
function isFrom(socket: string, port: number): boolean {
  return socket.split('->')[0]?.endsWith(`:${port}`) === true;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
