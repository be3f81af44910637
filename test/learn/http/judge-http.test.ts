/** Servers that misbehave are findings. None of these gets as far as the way of the bytes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { withBench } from '#learn/bench.ts';
import { byCurl, type HttpCase } from '#learn/http/http-task.ts';
import { judgeHttp } from '#learn/http/judge-http.ts';

const folder = mkdtempSync(join(tmpdir(), 'zc-http-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

let number = 0;
const small: HttpCase = { bytes: 5000, requests: byCurl(null) };

async function judged(body: string, one: HttpCase = small) {
  const file = join(folder, `${++number}.ts`);
  writeFileSync(
    file,
    `import { readSync, readFileSync, writeSync } from 'node:fs';
    import { open } from '#libc';
    export function answer(socket: number, path: string) {
      const hear = () => readSync(socket, Buffer.alloc(4096));
      const say = (head: string, body: Buffer) => {
        const all = Buffer.concat([Buffer.from(head + '\\r\\n\\r\\n'), body]);
        for (let at = 0; at < all.length; ) at += writeSync(socket, all, at);
      };
      const whole = () => say('HTTP/1.1 200 OK\\r\\nContent-Length: ' + readFileSync(path).length, readFileSync(path));
      ${body}
    }`,
  );
  return await withBench((bench) => judgeHttp(file, { kind: 'http', function: 'answer', cases: [one] }, bench));
}

test.each([
  ['http-no-answer', 'hear();', small],
  ['http-no-answer', "hear(); writeSync(socket, 'hello');", small],
  ['http-status', "hear(); say('HTTP/1.1 404 Not Found', Buffer.alloc(0));", small],
  ['http-header', "hear(); say('HTTP/1.1 200 OK', readFileSync(path));", small],
  ['bytes-missing', "hear(); say('HTTP/1.1 200 OK\\r\\nContent-Length: 5000', Buffer.alloc(0));", small],
  ['threw', "hear(); whole(); throw new Error('no');", small],
  ['descriptors-left', 'hear(); whole(); open(path);', small],
  ['hang', 'for (;;);', small],
  ['exited', 'process.exit(0)', small],
  ['faults-not-met', 'hear(); whole();', { ...small, faults: 'short' }],
  ['no-error', 'hear(); try { whole(); } catch {}', { bytes: 33_554_432, requests: [{ range: null, by: 'leaves' }] }],
] as const)('judgeHttp() finds %s', async (code, body, one) => {
  const judgement = await judged(body, one);
  expect(judgement.state === 'failed' && judgement.findings.map((found) => found.code)).toEqual([code]);
});

test('judgeHttp() says what is missing where there is no curl', async () => {
  vi.stubEnv('PATH', folder);
  await expect(judged('hear(); whole();')).rejects.toMatchObject({ code: 'no-program', args: { package: 'curl' } });
});
