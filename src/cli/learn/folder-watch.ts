/** Tells that a file of a folder may have been written, also after the folder itself went and came again. */
import { type FSWatcher, statSync, watch } from 'node:fs';

/** How often it is looked whether the folder is still the same, and for file systems that tell nothing of writes, ms. */
const LOOK_MS = 250;

export class FolderWatch implements Disposable {
  readonly #folder: string;
  readonly #onWrite: (name: string | null) => void;
  readonly #onGone: () => void;
  readonly #timer: NodeJS.Timeout;
  #watcher: FSWatcher | null = null;
  /** Of the folder that is watched: another one may lie under its name later. */
  #inode = 0;

  /**
   * @param onWrite given a file's name; null when any of them may have been written
   * @param onGone the folder is gone: make it again
   */
  constructor(folder: string, onWrite: (name: string | null) => void, onGone: () => void) {
    this.#folder = folder;
    this.#onWrite = onWrite;
    this.#onGone = onGone;
    this.#begin();
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#watcher?.close();
  }

  #look(): void {
    const inode = inodeOf(this.#folder);
    if (inode === null) this.#onGone();
    if (inode !== this.#inode) this.#begin();
    this.#onWrite(null);
  }

  #begin(): void {
    this.#watcher?.close();
    this.#watcher = null;
    const inode = inodeOf(this.#folder);
    if (inode === null) return;
    this.#inode = inode;
    this.#watcher = watch(this.#folder, (_, name) => this.#onWrite(name));
    // It went away between two looks: the next one begins again.
    this.#watcher.on('error', () => {});
  }
}

function inodeOf(folder: string): number | null {
  try {
    return statSync(folder).ino;
  } catch {
    return null;
  }
}
