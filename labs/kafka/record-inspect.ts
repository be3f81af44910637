/**
 * `./zc exec node labs/kafka/record-inspect.ts FOLDER`: lets `./zc inspect --pid` look at an Apache Kafka while a consumer
 * fetches by a listener without encryption and by one with TLS, and writes what it printed to inspect/*.txt, which the
 * article quotes. FOLDER is where the broker has its data meanwhile; its path stands in what is printed.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withSession } from '#measure/session.ts';
import { openBench, placeOf } from './bench.ts';
import type { LookAnswer, ProduceAnswer, Source } from './client/protocol.ts';

const MiB = 2 ** 20;
const SECONDS = 4;
const TOPIC = 'orders';
const zc = join(import.meta.dirname, '../../zc');

const [folder, ...others] = process.argv.slice(2);
if (folder === undefined || others.length > 0) {
  console.error(`Expected one folder, found '${process.argv.slice(2).join(' ')}': name one for the broker's data`);
  process.exitCode = 2;
} else {
  const request = { mode: 'quick', rounds: null, bytes: null, receiver: 'discard', seed: 1 } as const;
  const { signal } = new AbortController();
  const options = { request, labFile: '', work: folder, diskBytes: 256 * MiB, progress: () => {}, signal };
  await withSession(options, async (session) => {
    const bench = await openBench(session, { apart: false });
    const broker = await bench.start('kafka');
    const place = placeOf(broker.ports.plain);
    const topic = { topic: TOPIC, configs: {}, replicas: [], bytes: 64 * MiB, seed: 1 };
    const { records } = await bench.ask<ProduceAnswer>({ do: 'produce', place, ...topic });
    mkdirSync(join(import.meta.dirname, 'inspect'), { recursive: true });
    for (const [name, tls] of [
      ['plaintext', false],
      ['tls', true],
    ] as const) {
      const from: Source = { place: tls ? placeOf(broker.ports.tls) : place, tls, topic: TOPIC };
      const inspecting = inspect(broker.pid);
      let over = false;
      void inspecting.then(() => {
        over = true;
      });
      while (!over) await bench.ask<LookAnswer>({ do: 'look', from, fetchBytes: MiB, records });
      const said = await inspecting;
      const command = `$ ./zc inspect --pid ${broker.pid} --seconds ${SECONDS}`;
      writeFileSync(join(import.meta.dirname, 'inspect', `${name}.txt`), `${command}\n${said}`);
    }
    bench.end();
  });
}

/** What the command prints, remarks included, 80 columns wide. */
async function inspect(pid: number): Promise<string> {
  const args = ['inspect', '--pid', String(pid), '--seconds', String(SECONDS)];
  const command = spawn(zc, args, { env: { ...process.env, NO_COLOR: '1', COLUMNS: '80' }, stdio: 'pipe' });
  const said: string[] = [];
  for (const stream of [command.stdout, command.stderr]) stream.on('data', (text) => said.push(String(text)));
  const code = await new Promise((done) => command.once('close', done));
  if (code !== 0) throw new Error(`Cannot record: inspect ended with exit code ${code}: ${said.join('')}`);
  return said.join('');
}
