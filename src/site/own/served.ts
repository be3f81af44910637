/** Results of the reader's own machine, from `./zc serve`: its address carries a token that only its pages hold. */
import type { KeptFile } from './kept.ts';

const TOKEN = 'zc-token';

/** Takes the token out of the address, where it would be copied with it, into this tab. */
export function takeToken(): void {
  const [, token] = /^#token=([\w-]{32})$/.exec(location.hash) ?? [];
  if (!token) return;
  history.replaceState(null, '', location.pathname + location.search);
  attempt(() => sessionStorage.setItem(TOKEN, token));
}

export function hasToken(): boolean {
  return attempt(() => sessionStorage.getItem(TOKEN)) != null;
}

export function dropToken(): void {
  attempt(() => sessionStorage.removeItem(TOKEN));
}

/** The newest result of each lab; nothing when this page is not served by `./zc serve`, or its token is another run's. */
export async function servedFiles(): Promise<readonly KeptFile[]> {
  const headers = { Authorization: `Bearer ${attempt(() => sessionStorage.getItem(TOKEN))}` };
  const list = await fetch('/api/results', { headers });
  if (!list.ok) {
    dropToken();
    return [];
  }
  const { results } = (await list.json()) as { results: { lab: string; path: string }[] };
  // The list is newest first.
  const newest = results.filter(({ lab }, at) => results.findIndex((one) => one.lab === lab) === at);
  return await Promise.all(
    newest.map(async ({ lab, path }) => ({ key: lab, text: await (await fetch(path, { headers })).text() })),
  );
}

/** A browser may refuse to keep anything. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
