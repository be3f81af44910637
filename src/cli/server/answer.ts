import { readFile } from 'node:fs/promises';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import { fromElsewhere, refusal } from './refusal.ts';
import { listResults, readResult } from './results.ts';
import { carriesToken } from './token.ts';

export interface Site {
  readonly dist: string;
  readonly resultsFolder: string;
  readonly token: string;
  readonly port: number;
}

const API = '/api/';
const JSON_TYPE = 'application/json; charset=utf-8';
const TEXT_TYPE = 'text/plain; charset=utf-8';

/** Headers of every answer. The pages bring their own Content-Security-Policy, which cannot hold frame-ancestors. */
const security = {
  'Content-Security-Policy': "frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

/** What the server does with a request. */
export function answer(site: Site): RequestListener {
  // `dev` looks a file up when it is asked for: a build that is made anew while it is served is found.
  const files = sirv(site.dist, { dev: true, etag: true });
  return (request, response) => {
    for (const [name, value] of Object.entries(security)) response.setHeader(name, value);
    const refused = refusal(request, site.port);
    if (refused) return refuse(response, refused.status, refused.text);
    const path = pathOf(request);
    if (path === null) return refuse(response, 400, 'The path is not encoded as UTF-8');
    if (path.startsWith(API)) return void answerApi(site, request, response, path).catch(() => end(response, 500));
    // sirv would take a range as it is asked for, also one that runs backwards, and throw.
    delete request.headers.range;
    files(request, response, () => void answerNotFound(site, response));
  };
}

async function answerApi(site: Site, request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
  response.setHeader('Cache-Control', 'no-store');
  if (fromElsewhere(request)) return refuse(response, 403, 'Results are for pages of this server only');
  if (!carriesToken(request.headers.authorization, site.token)) {
    response.setHeader('WWW-Authenticate', 'Bearer');
    return refuse(response, 401, 'The token is missing or wrong: open the address that the command printed');
  }
  const [folder, lab, file, ...more] = path.slice(API.length).split('/');
  if (folder === 'results' && lab === undefined) {
    return end(response, 200, JSON.stringify(await listResults(site.resultsFolder)), JSON_TYPE);
  }
  const result =
    folder === 'results' && lab && file && more.length === 0 ? await readResult(site.resultsFolder, lab, file) : null;
  if (result === null) return refuse(response, 404, 'There is no such result: /api/results lists them');
  end(response, 200, result, JSON_TYPE);
}

async function answerNotFound(site: Site, response: ServerResponse): Promise<void> {
  const page = await readFile(join(site.dist, '404.html')).catch(() => null);
  if (page) end(response, 404, page, 'text/html; charset=utf-8');
  else refuse(response, 404, 'There is no such page');
}

function refuse(response: ServerResponse, status: number, text: string): void {
  if (status === 405) response.setHeader('Allow', 'GET, HEAD');
  end(response, status, `${text}\n`);
}

function end(response: ServerResponse, status: number, body: string | Buffer = '', type = TEXT_TYPE): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

function pathOf({ url = '/' }: IncomingMessage): string | null {
  try {
    return decodeURIComponent(url.split(/[?#]/, 1)[0] ?? '/');
  } catch {
    return null;
  }
}
