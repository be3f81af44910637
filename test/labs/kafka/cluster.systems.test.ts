/** The lab kafka by ./zc on a cluster that runs already: asks, measures, and leaves nothing there. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { selfSigned } from '#libc';
import { Guard } from '#machine/guard.ts';
import { labResultSchema } from '#model/result.ts';
import { ApacheKafka } from '../../../labs/kafka/apache-kafka.ts';
import { provideJars } from '../../../labs/kafka/jars.ts';
import { findJava } from '../../../labs/kafka/java.ts';
import { type KafkaPrograms, runTool } from '../../../labs/kafka/tool.ts';
import { clone, ended, place, startZc, zc } from '../../cli/zc.ts';

const guard = new Guard();
const root = mkdtempSync(join(tmpdir(), 'zc-cluster-'));
let kafka: KafkaPrograms;
let broker: ApacheKafka;
beforeAll(async () => {
  kafka = { java: findJava(), jars: await provideJars(guard, console.log), guard };
  broker = await ApacheKafka.start(kafka, { folder: join(root, 'cluster') });
}, 180_000);
afterAll(async () => {
  await guard.release();
  rmSync(root, { recursive: true });
});

const topics = async () => (await runTool('topics', ['--bootstrap-server', broker.bootstrap, '--list'], kafka)).trim();
const asking = (to = broker.bootstrap) => ['run', 'kafka', '--quick', '--size', '2MiB', '--bootstrap', to];

describe('./zc run kafka --bootstrap', () => {
  test('measures by one topic, says what its broker spends, and deletes the topic', { timeout: 120_000 }, async () => {
    using home = place();
    const out = join(home.folder, 'result.json');
    const { code, stdout, stderr } = await zc([...asking(), '--rounds', '1', '--yes', '--json', '--out', out], home);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/deleted the topic zero-copy-measured-/),
    });
    const result = labResultSchema.parse(JSON.parse(stdout));
    expect(result).toMatchObject({ kind: 'time', cannotRun: [], parameters: { cluster: broker.bootstrap } });
    expect(result.warnings.map(({ code }) => code)).not.toContain('broker-unseen');
    for (const { variant, samples } of result.series) {
      expect(variant).toBe('plaintext');
      expect(samples[0]).toMatchObject({
        extra: { brokerNsPerGiB: expect.any(Number), operations: expect.any(Number) },
      });
    }
    expect(await topics()).toBe('');
  });

  test('asks on a terminal, and writes nothing where the answer is no', { timeout: 60_000 }, async () => {
    using home = place();
    const line = [join(clone, 'zc'), ...asking()].map((word) => `'${word}'`).join(' ');
    const terminal = spawn('script', ['-qefc', `stty cols 300; ${line}`, '/dev/null'], { env: home.env });
    let shown = '';
    terminal.stdout.on('data', (text) => {
      const before = shown;
      shown += text;
      if (shown.includes('May it? [y/N]') && !before.includes('May it? [y/N]')) terminal.stdin.write('n\n');
    });
    const { code, stdout } = await ended(terminal);
    expect({ code, stdout }).toEqual({ code: 2, stdout: expect.stringContaining('Nothing was written to 127.0.0.1') });
    expect(await topics()).toBe('');
  });

  test('deletes the topic when it is stopped in the middle', { timeout: 120_000 }, async () => {
    using home = place();
    const child = startZc([...asking(), '--rounds', '300', '--yes'], home);
    const end = ended(child);
    await said(child, /: measuring/);
    expect(await topics()).toContain('zero-copy-measured-');
    child.kill('SIGINT');
    expect(await end).toMatchObject({ code: 130, stderr: expect.stringContaining('deleted the topic') });
    expect(await topics()).toBe('');
  });

  test('says what is left where it cannot delete the topic', { timeout: 120_000 }, async () => {
    using home = place();
    const other = await ApacheKafka.start(kafka, { folder: join(root, 'killed') });
    const child = startZc([...asking(other.bootstrap), '--rounds', '300', '--yes'], home);
    const end = ended(child);
    await said(child, /: measuring/);
    process.kill(other.pid, 'SIGKILL');
    const { code, stderr } = await end;
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/could not delete the topic (\S+): .*--bootstrap-server \S+ --delete --topic \1\n/),
    });
  });

  test('refuses a place where nobody listens, with one sentence and exit code 2', {
    timeout: 60_000,
  }, async () => {
    using home = place();
    const { code, stderr } = await zc([...asking('127.0.0.1:1'), '--yes'], home);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/Cannot use 127\.0\.0\.1:1: .*ECONNREFUSED/),
    });
  });

  test.each<[string, () => Server, RegExp]>([
    ['that encrypts', encrypting, /the broker closed the connection/],
    [
      'of the Web',
      () => answering('HTTP/1.1 400 Bad Request\r\n\r\n'),
      /expected \d+ bytes at most, it says 1213486160/,
    ],
    ['that says nothing', () => answering(''), /did not answer for 10 s/],
  ])('refuses a listener %s, before it writes anything there', { timeout: 60_000 }, async (_, serverOf, why) => {
    using home = place();
    const server = serverOf();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const at = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { code, stderr } = await zc([...asking(at), '--yes'], home);
    server.close();
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(`Cannot use ${at}: `) });
    expect(stderr).toMatch(why);
    expect(stderr).toMatch(/expected a broker of Kafka with a listener that neither encrypts nor asks who comes\.\n$/);
    expect(stderr).not.toContain('makes the topic');
  });
});

/** A server that says the same to everybody who says something. */
function answering(text: string): Server {
  return createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', () => socket.write(text));
  });
}

/** A server that speaks TLS only. */
function encrypting(): Server {
  const { key, certificate } = selfSigned();
  return createTlsServer({
    key: createPrivateKey({ key, format: 'der', type: 'pkcs8' }).export({ type: 'pkcs8', format: 'pem' }),
    cert: new X509Certificate(certificate).toString(),
  });
}

/** Waits until a process has said something on stderr. */
async function said(child: ChildProcess, what: RegExp): Promise<void> {
  await new Promise<void>((done) => child.stderr?.on('data', (text) => what.test(String(text)) && done()));
}
