import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BrokerOptions } from '#broker/broker.ts';
import { errors } from '#broker/wire/errors.ts';
import { Client, fetchRequest, requestFrame, responseBody } from '../client.ts';
import { heldBytes } from '../held-memory.ts';
import { running } from '../running.ts';
import { batch } from '../storage/batches.ts';
import { createTopic, fetched, produced, take } from '../traffic.ts';
import { requests } from '../wire/requests.ts';

const folder = mkdtempSync(join(tmpdir(), 'zc-tls-'));
const openssl = spawnSync('openssl', ['version']).status === 0;
let key = '';
let certificate = '';

beforeAll(() => {
  const [keyFile, file] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')] as const;
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=localhost'];
  if (!openssl) return;
  spawnSync('openssl', ['req', '-x509', ...kind, '-days', '1', '-keyout', keyFile, '-out', file]);
  key = readFileSync(keyFile, 'utf8');
  certificate = readFileSync(file, 'utf8');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A broker that listens twice: with TLS, and without it by sendfile. */
function encrypting(options: Partial<BrokerOptions> = {}) {
  const run = running({
    listeners: [
      { port: 0, fetch: 'tls', key, certificate },
      { port: 0, fetch: 'sendfile' },
    ],
    ...options,
  });
  return { ...run, tls: run.broker.listeners[0]!.port };
}

const heartbeat = requestFrame('heartbeat', 0, requests.heartbeat);

describe.skipIf(!openssl)('a listener with TLS', () => {
  it('gives the same bytes as one without, and answers a fetch that waits', async () => {
    await using run = encrypting({ log: { segmentBytes: 500_000 } });
    using client = await Client.connectTls(run.tls, certificate);
    await createTopic(client, 'events');
    const stored = await produced(client, 'events', take(200, 12, 50_000));
    expect((await fetched(client, 'events', 300_000)).equals(stored)).toBe(true);
    using plain = await Client.connect(run.port('sendfile'));
    expect((await fetched(plain, 'events', 300_000)).equals(stored)).toBe(true);
    const end = run.broker.storage.log('events', 0)!.endOffset;
    const waiting = client.ask('fetch', 11, fetchRequest('events', end, { maxWaitMs: 60_000 }));
    const last = await produced(plain, 'events', [batch()]);
    expect(Buffer.compare((await waiting).topics[0]!.partitions[0]!.records as Buffer, last)).toBe(0);
    expect(run.reports).toEqual([]);
  });

  it('answers in order what was sent at once, and what comes byte by byte', async () => {
    await using run = encrypting();
    using client = await Client.connectTls(run.tls, certificate);
    const many = Array.from({ length: 50 }, (_, index) => requestFrame('heartbeat', 0, requests.heartbeat, index));
    client.send(Buffer.concat(many));
    for (let index = 0; index < many.length; index++) {
      expect(responseBody('heartbeat', 0, await client.frame(), index).errorCode).toBe(errors.UNKNOWN_MEMBER_ID);
    }
    for (const byte of heartbeat) client.send(Buffer.from([byte]));
    expect((await client.frame()).length).toBe(6);
  });

  it('ends at what is no request, at what is no TLS, and when its client leaves', async () => {
    await using run = encrypting();
    using wrong = await Client.connectTls(run.tls, certificate);
    wrong.send(Buffer.from([0x7f, 0xff, 0xff, 0xff]));
    await wrong.ended();
    expect(run.reports.map(({ name }) => name)).toEqual(['MalformedFrame']);
    const plain = connect({ port: run.tls, host: '127.0.0.1' });
    plain.on('error', () => {});
    plain.write(heartbeat);
    await new Promise((resolve) => plain.once('close', resolve));
    using waiting = await Client.connectTls(run.tls, certificate);
    await createTopic(waiting, 'events');
    waiting.send(requestFrame('fetch', 11, fetchRequest('events', 0n, { maxWaitMs: 60_000 })));
    await pause(50);
    waiting.socket.destroy();
    while (run.broker.connections > 0) await pause(5);
  });

  it('reads nothing of a client that does not read: memory stays', async () => {
    await using run = encrypting();
    using writer = await Client.connectTls(run.tls, certificate);
    await createTopic(writer, 'events');
    const stored = await produced(writer, 'events', take(100, 3, 200_000));
    const clients = await Promise.all(Array.from({ length: 10 }, () => Client.connectTls(run.tls, certificate)));
    const before = heldBytes();
    const wanted = requestFrame('fetch', 11, fetchRequest('events', 0n, { maxBytes: 2 ** 24 }));
    for (const { socket } of clients) socket.pause();
    for (const client of clients) for (let count = 0; count < 50; count++) client.send(wanted);
    await pause(500);
    expect(stored.length).toBeGreaterThan(2 ** 22);
    expect(heldBytes() - before).toBeLessThan(2 ** 24);
    for (const client of clients) client[Symbol.dispose]();
  });

  it('serves kcat', async () => {
    await using run = encrypting();
    const at = `127.0.0.1:${run.tls}`;
    const trust = ['-X', 'security.protocol=ssl', '-X', 'enable.ssl.certificate.verification=false'];
    const file = join(folder, 'values.txt');
    const values = Array.from({ length: 20_000 }, (_, index) => `value ${index}\n`).join('');
    writeFileSync(file, values);
    await promisify(execFile)('kcat', ['-b', at, ...trust, '-P', '-t', 'events', '-l', file]);
    const read = ['-b', at, ...trust, '-C', '-t', 'events', '-o', 'beginning', '-e', '-q'];
    const { stdout } = await promisify(execFile)('kcat', read, { maxBuffer: 2 ** 24 });
    expect(stdout).toBe(values);
  });

  it('refuses a key that is none', () => {
    expect(() => encrypting({ listeners: [{ port: 0, fetch: 'tls', key: 'x', certificate }] })).toThrow(/PEM|DECODER/);
  });
});
