/** Requests with bytes changed or cut off: each is answered or ends its connection, and the broker goes on. */
import { Client, requestFrame } from './client.ts';
import type { Running } from './running.ts';
import { requests } from './wire/requests.ts';

export interface Fuzzed {
  /** Frames for which the broker ended the connection, and said why. */
  readonly refused: number;
  readonly faults: readonly string[];
}

/** How long the broker may take to end a connection, milliseconds. */
const PATIENCE_MS = 20_000;
const heartbeat = requestFrame('heartbeat', 0, requests.heartbeat);

/**
 * Sends them, each on a connection of its own, and asks something ordinary afterwards.
 * @param next random numbers from 0 to 1 @param run a broker that makes no topics by itself
 */
export async function sendFuzzed(run: Running, frames: number, next: () => number): Promise<Fuzzed> {
  const whole = Object.entries(requests).map(([name, body]) =>
    requestFrame(name as never, versionOf(name), body as never),
  );
  const before = run.reports.length;
  const faults: string[] = [];
  using good = await Client.connect(run.port('sendfile'));
  for (let count = 0; count < frames; count++) {
    const frame = Buffer.from(whole[Math.floor(next() * whole.length)] as Buffer);
    for (let changes = 1 + Math.floor(next() * 3); changes > 0; changes--) {
      frame[8 + Math.floor(next() * (frame.length - 8))] = next() * 256;
    }
    const sent = next() < 0.2 ? frame.subarray(0, Math.floor(next() * frame.length)) : frame;
    using client = await Client.connect(run.port('sendfile'));
    client.socket.end(sent);
    if (!(await inTime(client.ended())))
      faults.push(`Frame ${count} kept its connection: ${sent.toString('hex', 0, 60)}`);
  }
  good.send(heartbeat);
  const answered = good.frame().then(
    (answer) => answer.length === 6,
    () => false,
  );
  if (!(await inTime(answered))) faults.push('The broker did not answer a heartbeat afterwards');
  const reports = run.reports.slice(before);
  const others = new Set(reports.map(({ name }) => name).filter((name) => name !== 'MalformedFrame'));
  return { refused: reports.length, faults: [...faults, ...[...others].map((name) => `Input came to ${name}`)] };
}

async function inTime(what: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((done) => {
    timer = setTimeout(() => done(false), PATIENCE_MS);
  });
  return await Promise.race([what.then((value) => value !== false), late]).finally(() => clearTimeout(timer));
}

/** A version of each API that has most fields; fetch waits, so that it is asked in one that does not. */
function versionOf(name: string): number {
  return (
    { apiVersions: 3, metadata: 4, produce: 7, fetch: 11, listOffsets: 2, createTopics: 3, initProducerId: 1 }[name] ??
    1
  );
}
