/**
 * A broker whose connections the kernel encrypts, and clients of it, in a guest whose kernel can. Prints what was seen as JSON.
 * Arguments: key and certificate, PEM.
 */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { Broker } from '#broker/broker.ts';
import { Client, fetchRequest, produceRequest, requestFrame, responseBody } from '../client.ts';
import { batch, randomBatches } from '../storage/batches.ts';
import { requests } from '../wire/requests.ts';

const [folder = '', key = '', certificate = ''] = process.argv.slice(2);
const reports: string[] = [];
const broker = new Broker({
  folder,
  listeners: [
    { port: 0, fetch: 'kernel-tls', key, certificate },
    { port: 0, fetch: 'copying' },
  ],
  report: (why) => void reports.push(String(why)),
});
const [encrypted, plain] = broker.listeners.map(({ port }) => port) as [number, number];

/** What the kernel has counted since it was started, Documentation/networking/tls.rst. */
function counted(name: string): number {
  return Number(new RegExp(`^${name}\\s+(\\d+)`, 'm').exec(readFileSync('/proc/net/tls_stat', 'utf8'))?.[1] ?? -1);
}

async function records(client: Client, maxBytes: number): Promise<Buffer> {
  const { topics } = await client.ask('fetch', 11, fetchRequest('events', 0n, { maxBytes }));
  return topics[0]!.partitions[0]!.records as Buffer;
}

const before = { sending: counted('TlsTxSw'), receiving: counted('TlsRxSw') };
const client = await Client.connectTls(encrypted, certificate);
const topic = { name: 'events', numPartitions: 1, replicationFactor: 1, assignments: [], configs: [] };
await client.ask('createTopics', 3, { topics: [topic], timeoutMs: 1000, validateOnly: false });
const batches = randomBatches(12, 50_000);
for (let at = 0; at < 40; at++) {
  await client.ask('produce', 7, produceRequest('events', batches.next().value as Buffer));
}
const got = await records(client, 2 ** 22);
const other = await Client.connect(plain);
const expected = await records(other, 2 ** 22);

// Many at once are answered in order, and what comes byte by byte is put together.
client.send(Buffer.concat(Array.from({ length: 50 }, (_, at) => requestFrame('heartbeat', 0, requests.heartbeat, at))));
const answers = [];
for (let at = 0; at < 50; at++) answers.push(responseBody('heartbeat', 0, await client.frame(), at).errorCode);
for (const byte of requestFrame('heartbeat', 0, requests.heartbeat)) client.send(Buffer.from([byte]));
const last = (await client.frame()).length;

// A fetch that waits is answered when something comes.
const end = broker.storage.log('events', 0)!.endOffset;
const waiting = client.ask('fetch', 11, fetchRequest('events', end, { maxWaitMs: 60_000 }));
await other.ask('produce', 7, produceRequest('events', batch()));
const late = ((await waiting).topics[0]!.partitions[0]!.records as Buffer).length;

// Nobody is hurt by one that speaks no TLS, and one that wants another cipher.
const stranger = connect({ port: encrypted, host: '127.0.0.1' });
stranger.on('error', () => {});
stranger.write(requestFrame('heartbeat', 0, requests.heartbeat));
await new Promise((resolve) => stranger.once('close', resolve));
const ciphers = 'TLS_CHACHA20_POLY1305_SHA256';
const picky = connectTls({ port: encrypted, host: '127.0.0.1', ca: certificate, ciphers });
const refused = await new Promise<string>((resolve) => picky.once('error', ({ message }) => resolve(message)));
const still = (await records(client, 2 ** 22)).length;

client.socket.end();
other.socket.end();
while (broker.connections > 0) await pause(5);
await broker.stop();
process.stdout.write(
  JSON.stringify({
    equal: got.equals(expected),
    bytes: got.length,
    answers: [...new Set(answers)],
    last,
    late,
    still,
    refused,
    sending: counted('TlsTxSw') - before.sending,
    receiving: counted('TlsRxSw') - before.receiving,
    failed: counted('TlsDecryptError'),
    reports,
  }),
);
