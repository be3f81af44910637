/**
 * Files that a reader gave to a page, kept in this browser so that the next page has them too. Where the browser keeps
 * nothing for us, they live as long as the page.
 */
const DATABASE = 'zero-copy-measured';
const STORE = 'files';

/** `key`: the lab, or `inspect`: one file of each. */
export interface KeptFile {
  readonly key: string;
  readonly text: string;
}

/** All that is kept; nothing where nothing can be. */
export async function recall(): Promise<readonly KeptFile[]> {
  return (await within<KeptFile[]>('readonly', (store) => store.getAll())) ?? [];
}

/** @returns whether it is kept */
export async function keep(file: KeptFile): Promise<boolean> {
  return (await within('readwrite', (store) => store.put(file))) !== undefined;
}

export async function forget(): Promise<void> {
  await within('readwrite', (store) => store.clear());
}

/** One transaction's answer; undefined where there is no database, or it refuses. */
async function within<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest,
): Promise<T | undefined | null> {
  try {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'key' });
    const database = await answerOf<IDBDatabase>(opening);
    try {
      return (await answerOf<T>(work(database.transaction(STORE, mode).objectStore(STORE)))) ?? null;
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}

function answerOf<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as T);
    request.onerror = () => reject(request.error);
  });
}
