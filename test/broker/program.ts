/** A broker in a process of its own, to be killed: prints its port. Arguments: data folder, fetch path, JSON of log options. */
import { writeSync } from 'node:fs';
import { Broker } from '#broker/broker.ts';
import type { FetchPathName } from '#broker/fetch/index.ts';
import { stayWhile } from '#libc';

const [folder = '', fetch = '', log = '{}'] = process.argv.slice(2);
const broker = new Broker({ folder, listeners: [{ port: 0, fetch: fetch as FetchPathName }], log: JSON.parse(log) });
stayWhile(() => broker.quiet);
writeSync(1, `${broker.listeners[0]?.port}\n`);
