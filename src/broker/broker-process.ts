/**
 * A broker in a process of its own, that ends with its input: prints its ports as one line of JSON. Program: started by labs
 * with machine/child.ts, pinned. Its argument are the broker's options as JSON.
 */
import { writeSync } from 'node:fs';
import { allowTracer, dieWithParent, stayWhile } from '#libc';
import { Broker, type BrokerOptions } from './broker.ts';

export interface BrokerStarted {
  /** In the order of the listeners. */
  readonly ports: readonly number[];
}

const parent = Number(process.argv[2]);
dieWithParent(parent);
// A tracer that our parent starts is no ancestor of ours.
allowTracer(parent);
const broker = new Broker(JSON.parse(process.argv[3] ?? '') as BrokerOptions);
const started: BrokerStarted = { ports: broker.listeners.map(({ port }) => port) };
writeSync(1, `${JSON.stringify(started)}\n`);
stayWhile(() => broker.quiet);
process.stdin.resume();
process.stdin.once('end', () => void broker.stop());
