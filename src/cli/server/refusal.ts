import type { IncomingMessage } from 'node:http';

/** Why a request gets no answer. */
export interface Refusal {
  readonly status: 400 | 403 | 405 | 421;
  readonly text: string;
}

/**
 * Looks at what a page of another site could make this reader's browser send: a name that was made to point here (DNS
 * rebinding) shows in Host, a page elsewhere in Origin or Sec-Fetch-Site.
 */
export function refusal({ headers, headersDistinct, method, url }: IncomingMessage, port: number): Refusal | null {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const named = headersDistinct.host ?? [];
  if (named.length !== 1 || !hosts.includes(named[0] ?? '')) {
    return { status: 421, text: `This server answers for ${hosts.join(' and ')} only` };
  }
  const { origin } = headers;
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) {
    return { status: 403, text: 'This server answers its own pages only' };
  }
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, text: 'This server only reads: GET and HEAD' };
  if (!url?.startsWith('/')) return { status: 400, text: 'A path that begins with / is expected' };
  return null;
}

/** Whether a browser says that a page of another site asks. Links from elsewhere to a page are fine; results are not. */
export function fromElsewhere({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}
