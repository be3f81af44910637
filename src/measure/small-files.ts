/** Many files of one size, to be opened again and again inside a sample. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Mapping } from '#libc';
import { randomFrom } from './random.ts';
import { warm } from './source-file.ts';

/** How many files of one size there are, so that they do not all lie in the processor's cache. */
export const FILES = 16;

/** The only byte of this value is the last one of a file: who finds it has looked at all of them. */
export const END_BYTE = 0;

const nameOf = (folder: string, bytes: number, at: number) => join(folder, `small-${bytes}-${at}`);

/** Makes the files and brings them into memory. */
export function makeSmallFiles(folder: string, bytes: number, seed: number): void {
  const random = randomFrom(seed);
  for (let at = 0; at < FILES; at++) {
    const content = Buffer.alloc(bytes);
    for (let place = 0; place < bytes - 1; place++) content[place] = 1 + Math.floor(random() * 255);
    writeFileSync(nameOf(folder, bytes, at), content, { flush: true });
    warm(nameOf(folder, bytes, at));
  }
}

/** Their paths, NUL-terminated in memory: openAt() makes no object inside a sample. Use with `using`. */
export class SmallFiles implements Disposable {
  readonly #memory: Mapping;
  readonly #addresses: readonly number[];

  constructor(folder: string, bytes: number) {
    const paths = Array.from({ length: FILES }, (_, at) => Buffer.from(`${nameOf(folder, bytes, at)}\0`));
    this.#memory = Mapping.anonymous(paths.reduce((sum, path) => sum + path.length, 0));
    let used = 0;
    this.#addresses = paths.map((path) => {
      this.#memory.view().set(path, used);
      used += path.length;
      return this.#memory.address + used - path.length;
    });
  }

  /** Address of a file's path, in turn. */
  path(operation: number): number {
    return this.#addresses[operation % FILES] as number;
  }

  [Symbol.dispose](): void {
    this.#memory[Symbol.dispose]();
  }
}
