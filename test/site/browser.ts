/** What a browser test needs: Chromium, and the built site at an address. */
import { spawnSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium } from 'playwright-core';
import sirv from 'sirv';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** Starts the system's Chromium. @throws {Error} when there is none: a browser test never passes without one */
export async function launch(): Promise<Browser> {
  const name = names.find((each) => spawnSync(each, ['--version'], { timeout: 20_000 }).status === 0);
  if (!name)
    throw new Error(`Cannot test in a browser: none of ${names.join(', ')} starts. apt-get install -y chromium`);
  const executablePath = spawnSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
  const quiet = ['background-networking', 'component-update', 'sync', 'quic', 'gpu'].map((what) => `--disable-${what}`);
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--no-first-run', ...quiet] });
}

export interface Served extends Disposable {
  readonly address: string;
}

/** Serves a folder on 127.0.0.1. */
export async function serve(folder: string): Promise<Served> {
  const files = sirv(folder, { dev: true });
  const server: Server = createServer((request, response) => {
    files(request, response, () => {
      response.statusCode = 404;
      response.end('not found');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, [Symbol.dispose]: () => server.close() };
}
