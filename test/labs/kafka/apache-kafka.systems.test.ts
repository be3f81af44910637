import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Guard } from '#machine/guard.ts';
import { ApacheKafka } from '../../../labs/kafka/apache-kafka.ts';
import { provideJars } from '../../../labs/kafka/jars.ts';
import { findJava } from '../../../labs/kafka/java.ts';
import { type KafkaPrograms, runTool } from '../../../labs/kafka/tool.ts';

const guard = new Guard();
const root = mkdtempSync(join(tmpdir(), 'zc-apache-'));
let kafka: KafkaPrograms;
beforeAll(async () => {
  kafka = { java: findJava(), jars: await provideJars(guard, console.log), guard };
});
afterAll(async () => {
  await guard.release();
  rmSync(root, { recursive: true });
});

describe('ApacheKafka', () => {
  test('listens on loopback only, does what its tools ask for, and closes its logs when it is disposed of', async () => {
    let pid = 0;
    let data = '';
    {
      await using broker = await ApacheKafka.start(kafka, {
        folder: join(root, 'one'),
        properties: { 'log.segment.bytes': '1234567' },
      });
      pid = broker.pid;
      data = broker.dataFolder;
      expect(broker.bootstrap).toMatch(/^127\.0\.0\.1:\d+$/);
      expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).toContain('kafka.Kafka');
      const server = ['--bootstrap-server', broker.bootstrap];
      await runTool('topics', [...server, '--create', '--topic', 'a', '--partitions', '2'], kafka);
      expect(await runTool('topics', [...server, '--list'], kafka)).toBe('a\n');
      const described = ['--describe', '--all', '--entity-type', 'brokers', '--entity-name', '1'];
      expect(await runTool('configs', [...server, ...described], kafka)).toContain('log.segment.bytes=1234567');
      await expect(runTool('topics', [...server, '--create', '--topic', 'a'], kafka)).rejects.toThrow(
        "Apache Kafka's topics failed: Error while executing topic command : Topic 'a' already exists.",
      );
    }
    expect(existsSync(`/proc/${pid}`)).toBe(false);
    expect(readdirSync(data)).toEqual(expect.arrayContaining(['a-0', 'a-1', '.kafka_cleanshutdown']));
  });

  test('says why it does not start', async () => {
    const start = (properties: Record<string, string>) =>
      ApacheKafka.start(kafka, { folder: join(root, 'wrong'), properties });
    await expect(start({ 'log.segment.bytes': 'many' })).rejects.toThrow(
      /^Apache Kafka's format failed: .*log\.segment\.bytes/,
    );
    await expect(start({ 'socket.listen.backlog.size': '-1' })).rejects.toThrow(
      /^Apache Kafka's \w+ failed: .*backlog/,
    );
  });

  test.each(['SIGKILL', 'SIGTERM'] as const)('is gone with its folder when who started it gets %s', async (signal) => {
    const starter = spawn(process.execPath, [join(import.meta.dirname, 'start-one.ts'), root], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(starter.stdout, 'data');
    const { pid, folder } = JSON.parse(String(line));
    expect(existsSync(`/proc/${pid}`)).toBe(true);
    starter.kill(signal);
    for (let tries = 0; tries < 200 && (existsSync(`/proc/${pid}`) || existsSync(folder)); tries++) await wait(50);
    expect([existsSync(`/proc/${pid}`), existsSync(folder)]).toEqual([false, false]);
  });
});
