/** The root image: a read-only ext4 file, made without root, kept by the hash of what is in it. */
import { createHash } from 'node:crypto';
import {
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { keepImages } from './cache.ts';
import type { SystemFile } from './system-files.ts';
import type { Tools } from './tools.ts';

/** Mount points, and the folders that programs expect. */
const FOLDERS = ['bin', 'dev', 'etc', 'proc', 'project', 'run', 'sys', 'tmp', 'usr/bin', 'var', 'work'];

/** Raised when the image is laid out in another way. */
const LAYOUT = 1;

/** Name of the image's file. */
export function imageKey(files: readonly SystemFile[]): string {
  const hash = createHash('sha256').update(`layout ${LAYOUT}\0`);
  for (const { to, from } of files) hash.update(`\0${to}\0`).update(bytesOf(from));
  return hash.digest('hex').slice(0, 32);
}

/**
 * Path of the image, made anew when it is not in the cache.
 * @param folder a folder of this run's own, on the file system of the cache
 */
export async function rootImage(
  files: readonly SystemFile[],
  cache: string,
  folder: string,
  tools: Tools,
): Promise<string> {
  const path = join(cache, `root-${imageKey(files)}.ext4`);
  if (existsSync(path)) {
    keepImages(cache, path);
    return path;
  }
  const tree = join(folder, 'tree');
  const bytes = stage(files, tree);
  for (const name of FOLDERS) mkdirSync(join(tree, name), { recursive: true });
  const half = join(folder, 'root.ext4');
  await tools.makeFileSystem(half, Math.ceil((bytes * 1.15) / 2 ** 20) + 16, tree);
  renameSync(half, path);
  keepImages(cache, path);
  return path;
}

/** Copies the files to their places. @returns their size, bytes */
function stage(files: readonly SystemFile[], tree: string): number {
  let bytes = 0;
  for (const { to, from } of files) {
    const place = join(tree, to);
    mkdirSync(dirname(place), { recursive: true });
    if ('file' in from) copyFileSync(from.file, place, constants.COPYFILE_FICLONE);
    else if ('link' in from) symlinkSync(from.link, place);
    else writeFileSync(place, from.text);
    // ext4 gives whole blocks of 4 KiB, and 256 bytes for what describes the file.
    bytes += Math.ceil(lstatSync(place).size / 4096) * 4096 + 256;
  }
  return bytes;
}

function bytesOf(from: SystemFile['from']): Uint8Array | string {
  if ('file' in from) return readFileSync(from.file);
  return 'link' in from ? `link ${from.link}` : `text ${from.text}`;
}
