/** The real curl, one request a process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { findProgram } from '#machine/program.ts';
import type { Bench } from '../bench.ts';
import { type HttpAnswer, readHead } from './answer.ts';

/** Path of curl. @throws {CannotRunHere} when it is not installed */
export function findCurl(): string {
  try {
    return findProgram('curl');
  } catch (error) {
    if (!(error instanceof CannotRunHere)) throw error;
    throw new CannotRunHere('no-program', { program: 'curl', package: 'curl' }, { cause: error });
  }
}

/** Files that one request leaves for us. */
const files = ({ folder }: Bench) => ({ head: join(folder, 'curl-head'), body: join(folder, 'curl-body') });

/** Asks a server on this machine for a file. @param toTheEnd read until the server closes, whatever Content-Length says */
export async function curl(port: number, range: string | null, toTheEnd: boolean, bench: Bench): Promise<HttpAnswer> {
  const { head, body } = files(bench);
  for (const file of [head, body]) rmSync(file, { force: true });
  const options = [
    // -q: nothing of the user's .curlrc; no proxy of the environment either.
    ...['-q', '--silent', '--show-error', '--noproxy', '*', '--http1.1', '--dump-header', head, '--output', body],
    ...(range === null ? [] : ['--range', range]),
    ...(toTheEnd ? ['--ignore-content-length'] : []),
  ];
  const child = spawn(findCurl(), [...options, `http://127.0.0.1:${port}/file`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (child.pid !== undefined) bench.guard.watchProcess(child.pid);
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (child.pid !== undefined) bench.guard.forget(child.pid);
  const text = existsSync(head) ? readFileSync(head, 'latin1') : '';
  return {
    ...readHead(text),
    headBytes: text.length,
    body: existsSync(body) ? readFileSync(body) : Buffer.alloc(0),
    trouble: code === 0 ? null : said.trim().split('\n').at(-1) || `curl: (${code ?? 'killed'})`,
  };
}

/** How much curl has so far, bytes. */
export function curlHas(bench: Bench): number {
  const { body } = files(bench);
  return existsSync(body) ? statSync(body).size : 0;
}
