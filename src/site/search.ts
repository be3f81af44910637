/** Search in the browser: Pagefind's index, loaded at the first use, shown as a list. Shared by dialog and search page. */
import { part } from './part.ts';

interface Found {
  url: string;
  excerpt: string;
  meta: { title?: string };
}
interface Pagefind {
  debouncedSearch(
    words: string,
    options: object,
    waitMs: number,
  ): Promise<{ results: { data(): Promise<Found> }[] } | null>;
}

const SHOWN = 8;
let index: Promise<Pagefind> | undefined;

/**
 * Connects the input, the list and the status line inside `root`.
 * @returns what loads the index ahead of the first key
 */
export function attachSearch(root: HTMLElement, base: string): () => Promise<unknown> {
  const input = part<HTMLInputElement>(root, 'input');
  const list = part(root, 'ol');
  const status = part(root, '[role=status]');
  const load = (): Promise<Pagefind> => {
    index ??= import(/* @vite-ignore */ `${base}/pagefind/pagefind.js`) as Promise<Pagefind>;
    return index;
  };
  let latest = 0;

  const search = async () => {
    const mine = ++latest;
    const words = input.value.trim();
    const answer = words ? await (await load()).debouncedSearch(words, {}, 120) : { results: [] };
    if (mine !== latest || !answer) return;
    const found = await Promise.all(answer.results.slice(0, SHOWN).map((result) => result.data()));
    if (mine !== latest) return;
    status.textContent = words ? countOf(answer.results.length) : '';
    list.replaceChildren(...found.map(toItem));
  };
  input.addEventListener('input', () => {
    search().catch(() => {
      index = undefined;
      status.textContent = 'The search index could not be loaded.';
    });
  });
  return load;
}

function countOf(results: number): string {
  if (results === 0) return 'Nothing found.';
  const shown = results > SHOWN ? `, the first ${SHOWN} shown` : '';
  return `${results} ${results === 1 ? 'page' : 'pages'}${shown}.`;
}

function toItem({ url, excerpt, meta }: Found): HTMLLIElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  const text = document.createElement('p');
  link.href = url;
  link.textContent = meta.title ?? url;
  // Pagefind escapes the page's text and adds only <mark>.
  text.innerHTML = excerpt;
  item.append(link, text);
  return item;
}
