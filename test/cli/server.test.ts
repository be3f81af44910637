import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CannotListen, type Served, SiteNotBuilt, serve } from '#cli/serve.ts';

const home = mkdtempSync(join(tmpdir(), 'zero-copy served-'));
const dist = join(home, 'dist');
const resultsFolder = join(home, 'results');
const older = '20261120T100000Z-box-1a2b.json';
const newer = '20261121T100000Z-box.example-3c4d.json';
let served: Served;

beforeAll(async () => {
  write('dist/index.html', '<h1>Home</h1>');
  write('dist/404.html', '<h1>Not here</h1>');
  write('dist/first-lab/index.html', '<h1>First lab</h1>');
  write('secret.json', '{"secret":true}');
  write(`results/shared-pages/${older}`, '{"kind":"proof"}');
  write(`results/file-to-socket/${newer}`, '{"kind":"time"}');
  write('results/file-to-socket/notes.txt', 'no result');
  symlinkSync(join(home, 'secret.json'), join(resultsFolder, 'shared-pages/link.json'));
  mkdirSync(join(home, 'elsewhere'));
  write('elsewhere/a.json', '{"secret":true}');
  symlinkSync(join(home, 'elsewhere'), join(resultsFolder, 'elsewhere'));
  served = await serve({ dist, port: 0, resultsFolder });
});

afterAll(async () => {
  await served.close();
  rmSync(home, { recursive: true, force: true });
});

function write(file: string, text: string): void {
  mkdirSync(join(home, file, '..'), { recursive: true });
  writeFileSync(join(home, file), text);
}

const at = (path: string) => `http://127.0.0.1:${served.port}${path}`;
const token = () => new URL(served.url).hash.slice('#token='.length);
const bearer = (text = token()) => ({ headers: { Authorization: `Bearer ${text}` } });

/** Sends the lines as they are, which fetch() would not, and returns the status and all that was answered. */
async function raw(...lines: readonly string[]): Promise<{ status: number; text: string }> {
  const socket = connect(served.port, '127.0.0.1');
  socket.write(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`);
  let text = '';
  for await (const part of socket.setEncoding('utf8')) text += part;
  return { status: Number(text.split(' ')[1]), text };
}

describe('serve(): pages', () => {
  it('gives the files of the built site', async () => {
    const response = await fetch(at('/first-lab/'));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html;charset=utf-8');
    expect(await response.text()).toBe('<h1>First lab</h1>');
  });

  it('gives the 404 page of the site for what is not there', async () => {
    const response = await fetch(at('/nothing/'));
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('<h1>Not here</h1>');
  });

  it('answers HEAD without a body', async () => {
    const { status, text } = await raw('HEAD / HTTP/1.1', `Host: 127.0.0.1:${served.port}`);
    expect(status).toBe(200);
    expect(text).toContain('Content-Length: 13');
    expect(text).not.toContain('Home');
  });

  it('finds a page that was built after it began to serve', async () => {
    write('dist/later/index.html', '<h1>Later</h1>');
    expect(await (await fetch(at('/later/'))).text()).toBe('<h1>Later</h1>');
  });

  it('sends security headers with every answer', async () => {
    for (const path of ['/', '/nothing/', '/api/results']) {
      const { headers } = await fetch(at(path));
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('content-security-policy')).toBe("frame-ancestors 'none'");
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it.each(['/../secret.json', '/%2e%2e/secret.json', '/..%2fsecret.json', '//secret.json', '/%00'])(
    'does not leave the folder for %s',
    async (path) => {
      const { status, text } = await raw(`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${served.port}`);
      expect(status).toBe(404);
      expect(text).not.toContain('secret');
    },
  );

  it('survives a range that runs backwards and a path that is no UTF-8', async () => {
    expect((await fetch(at('/'), { headers: { Range: 'bytes=9-2' } })).status).toBe(200);
    expect((await fetch(at('/%ff'))).status).toBe(400);
    expect((await fetch(at('/'))).status).toBe(200);
  });
});

describe('serve(): who may ask', () => {
  it.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    'localhost.evil.example:PORT',
    '[::1]:PORT',
    '127.1:PORT',
    'localhost:PORT@evil.example',
    '0.0.0.0:PORT',
  ])('refuses Host %s', async (host) => {
    const { status } = await raw('GET / HTTP/1.1', `Host: ${host.replace('PORT', String(served.port))}`);
    expect(status).toBe(421);
  });

  it('refuses a second Host and none at all', async () => {
    const host = `Host: 127.0.0.1:${served.port}`;
    expect((await raw('GET / HTTP/1.1', host, 'Host: evil.example')).status).toBe(421);
    expect((await raw('GET / HTTP/1.0')).status).toBe(421);
  });

  it('answers to localhost', async () => {
    expect((await raw('GET / HTTP/1.1', `Host: localhost:${served.port}`)).status).toBe(200);
  });

  it.each(['http://evil.example', 'null', 'http://127.0.0.1:1', 'https://127.0.0.1:PORT'])(
    'refuses Origin %s, also with the token',
    async (origin) => {
      const headers = { ...bearer().headers, Origin: origin.replace('PORT', String(served.port)) };
      expect((await fetch(at('/api/results'), { headers })).status).toBe(403);
      expect((await fetch(at('/'), { headers })).status).toBe(403);
    },
  );

  it('answers its own Origin', async () => {
    const headers = { ...bearer().headers, Origin: `http://127.0.0.1:${served.port}` };
    expect((await fetch(at('/api/results'), { headers })).status).toBe(200);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('refuses %s', async (method) => {
    const response = await fetch(at('/api/results'), { ...bearer(), method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  });

  it('refuses the address of another server as a path', async () => {
    const { status } = await raw('GET http://evil.example/ HTTP/1.1', `Host: 127.0.0.1:${served.port}`);
    expect(status).toBe(400);
  });

  it('listens on 127.0.0.1 only', async () => {
    const elsewhere = await new Promise((resolve) => {
      const socket = connect(served.port, '127.0.0.2');
      socket
        .once('connect', () => resolve('connected'))
        .once('error', (error) => resolve((error as NodeJS.ErrnoException).code));
    });
    expect(elsewhere).toBe('ECONNREFUSED');
  });
});

describe('serve(): results', () => {
  it('lists result files, newest first', async () => {
    const response = await fetch(at('/api/results'), bearer());
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({
      schemaVersion: 1,
      results: [
        { lab: 'file-to-socket', file: newer, path: `/api/results/file-to-socket/${newer}` },
        { lab: 'shared-pages', file: older, path: `/api/results/shared-pages/${older}` },
      ],
    });
  });

  it('gives a result as it was written', async () => {
    const response = await fetch(at(`/api/results/shared-pages/${older}`), bearer());
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('{"kind":"proof"}');
  });

  it('lists nothing where no lab was run', async () => {
    const empty = await serve({ dist, port: 0, resultsFolder: join(home, 'not there') });
    const headers = { Authorization: `Bearer ${new URL(empty.url).hash.slice('#token='.length)}` };
    const response = await fetch(`http://127.0.0.1:${empty.port}/api/results`, { headers });
    expect(await response.json()).toEqual({ schemaVersion: 1, results: [] });
    await empty.close();
  });

  it('gives nothing without the right token', async () => {
    const wrong = [
      {},
      bearer(''),
      bearer('x'),
      bearer(`${token()}x`),
      bearer(token().slice(1)),
      { headers: { Authorization: token() } },
    ];
    for (const path of ['/api/results', `/api/results/shared-pages/${older}`, '/api/else']) {
      for (const init of wrong) {
        const response = await fetch(at(path), init);
        expect(response.status).toBe(401);
        expect(response.headers.get('www-authenticate')).toBe('Bearer');
      }
    }
  });

  it('takes the token from no address', async () => {
    expect((await fetch(at(`/api/results?token=${token()}`))).status).toBe(401);
  });

  it('gives nothing to a page of another site', async () => {
    for (const site of ['cross-site', 'same-site']) {
      const headers = { ...bearer().headers, 'Sec-Fetch-Site': site };
      expect((await raw('GET /api/results HTTP/1.1', `Host: 127.0.0.1:${served.port}`, ...lines(headers))).status).toBe(
        403,
      );
    }
  });

  it.each([
    '/api/results/shared-pages/../../secret.json',
    '/api/results/..%2f/secret.json',
    '/api/results/%2e%2e/secret.json',
    '/api/results/shared-pages/..%2f..%2fsecret.json',
    '/api/results/shared-pages/link.json',
    '/api/results/elsewhere/a.json',
    '/api/results/shared-pages/.json',
    '/api/results/file-to-socket/notes.txt',
    `/api/results/shared-pages/${older}/`,
    '/api/results/shared-pages/',
    '/api/results/',
    '/api/else',
  ])('finds nothing at %s', async (path) => {
    const asked = await raw(`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${served.port}`, ...lines(bearer().headers));
    expect(asked.status).toBe(404);
    expect(asked.text).not.toContain('secret');
  });

  it.each(['POST', 'PUT', 'PATCH'])('leaves a result as it is for a %s with the token', async (method) => {
    const response = await fetch(at(`/api/results/shared-pages/${older}`), { ...bearer(), method, body: '{}' });
    expect(response.status).toBe(405);
    expect(await (await fetch(at(`/api/results/shared-pages/${older}`), bearer())).text()).toBe('{"kind":"proof"}');
  });

  it('makes a new token for each run', async () => {
    const again = await serve({ dist, port: 0, resultsFolder });
    expect(new URL(again.url).hash).not.toBe(new URL(served.url).hash);
    expect(token()).toMatch(/^[\w-]{32}$/);
    await again.close();
  });
});

const lines = (headers: Record<string, string>) => Object.entries(headers).map(([name, value]) => `${name}: ${value}`);

describe('serve(): where it listens', () => {
  const busy = async (port: number): Promise<Server | null> => {
    const server = createServer();
    return new Promise((resolve) => {
      server.once('error', () => resolve(null)).listen(port, '127.0.0.1', () => resolve(server));
    });
  };

  it('takes the next free port when the default one is busy, and says so', async () => {
    const holder = await busy(4321);
    const next = await serve({ dist, resultsFolder });
    expect(next.port).toBeGreaterThan(4321);
    expect(next.busyPort).toBe(4321);
    expect(next.url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${next.port}/#token=`));
    await next.close();
    holder?.close();
  });

  it('refuses a busy port that was asked for', async () => {
    const { port } = served;
    const refused = await serve({ dist, port, resultsFolder }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(CannotListen);
    expect(refused).toMatchObject({
      port,
      message: `Cannot listen on 127.0.0.1:${port}: the port is busy, so give another --port, or none to take a free one`,
    });
  });

  it('refuses a folder without a site', async () => {
    const refused = serve({ dist: join(home, 'results'), port: 0, resultsFolder });
    await expect(refused).rejects.toThrow(SiteNotBuilt);
    await expect(refused).rejects.toThrow("has no index.html, so run 'npm run build' first");
  });

  it('ends open connections when it is closed, also those in the middle of a request', async () => {
    const short = await serve({ dist, port: 0, resultsFolder });
    const socket = connect(short.port, '127.0.0.1');
    const ended = new Promise((resolve) => socket.once('close', resolve));
    await new Promise((resolve) => socket.write('GET / HTTP/1.1\r\nHost: half', resolve));
    await fetch(`http://127.0.0.1:${short.port}/`);
    await short.close();
    await ended;
    await expect(fetch(`http://127.0.0.1:${short.port}/`)).rejects.toThrow();
  });
});
