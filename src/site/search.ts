/** Search in the browser: Pagefind's index, loaded at the first use, shown as a list. Shared by dialog and search page. */
import { part } from './part.ts';
import { type Hit, isHit } from './search-words.ts';

interface Found extends Hit {
  url: string;
  excerpt: string;
  meta: { title?: string };
}
/** One open index. */
interface Index {
  search(words: string): Promise<{ results: { data(): Promise<Found> }[] }>;
}
/** What Pagefind's file exports, as far as it is used. */
interface Pagefind {
  createInstance(options: { noWorker: boolean }): Index;
}

const SHOWN = 8;
/** How long no key comes before the index is asked. */
const PAUSE_MS = 120;
let index: Promise<Index> | undefined;

/**
 * Connects the input, the list and the status line inside `root`. What stands in the input already, typed before this
 * script came or put back by the browser, is searched at once.
 * @returns what loads the index ahead of the first key
 */
export function attachSearch(root: HTMLElement, base: string): () => Promise<unknown> {
  const input = part<HTMLInputElement>(root, 'input');
  const list = part(root, 'ol');
  const status = part(root, '[role=status]');
  let latest = 0;

  const search = async () => {
    const mine = ++latest;
    const words = input.value.trim();
    const show = (text: string, found: readonly Found[]) => {
      if (mine !== latest) return;
      status.textContent = text;
      list.replaceChildren(...found.map(toItem));
    };
    if (!words) return show('', []);
    await new Promise((done) => setTimeout(done, PAUSE_MS));
    if (mine !== latest) return;
    try {
      const { results } = await (await open(base)).search(words);
      const found = await Promise.all(results.slice(0, SHOWN).map((result) => result.data()));
      const hit = found[0] !== undefined && isHit(words, found[0]);
      show(countOf(hit ? results.length : 0), hit ? found : []);
    } catch {
      // An index that failed once fails always: the next search opens another.
      index = undefined;
      show('The search index could not be loaded. The next key tries again.', []);
    }
  };
  input.addEventListener('input', search);
  if (input.value) void search();
  return () => open(base);
}

function open(base: string): Promise<Index> {
  index ??= load(base).catch((error) => {
    index = undefined;
    throw error;
  });
  return index;
}

/** In the page itself: Pagefind waits five seconds for a worker that is slow to start, and never recovers one that fails. */
async function load(base: string): Promise<Index> {
  const pagefind: Pagefind = await import(/* @vite-ignore */ `${base}/pagefind/pagefind.js`);
  return pagefind.createInstance({ noWorker: true });
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
