/**
 * An initramfs as the kernel unpacks it: cpio in the "new ASCII" form (cpio(5), and the kernel's
 * Documentation/driver-api/early-userspace/buffer-format.rst). Every entry is a header of 110 bytes, the name and the
 * data, each padded to four bytes; archives that follow each other are unpacked one after the other.
 */

/** A file, a folder or a link; its path is absolute in the guest. */
export type Entry =
  | { readonly kind: 'file'; readonly path: string; readonly data: Uint8Array; readonly executable?: boolean }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'link'; readonly path: string; readonly target: string }
  | { readonly kind: 'device'; readonly path: string; readonly major: number; readonly minor: number };

/** Archive of the entries, with the folders they lie in. Everything belongs to root. */
export function cpio(entries: readonly Entry[]): Buffer {
  const parts = withFolders(entries).map((entry, index) => record(entry, index + 1));
  return Buffer.concat([...parts, ...field('TRAILER!!!', 0, 0, Buffer.alloc(0), [0, 0])].flat());
}

/** Types of st_mode, inode(7). */
const S_IFREG = 0o100000;
const S_IFDIR = 0o040000;
const S_IFLNK = 0o120000;
const S_IFCHR = 0o020000;
const NOTHING = Buffer.alloc(0);

function record(entry: Entry, inode: number): Buffer[] {
  const name = entry.path.replace(/^\//, '');
  switch (entry.kind) {
    case 'folder':
      return field(name, S_IFDIR | 0o755, inode, NOTHING, [0, 0]);
    case 'link':
      return field(name, S_IFLNK | 0o777, inode, Buffer.from(entry.target), [0, 0]);
    case 'device':
      return field(name, S_IFCHR | 0o600, inode, NOTHING, [entry.major, entry.minor]);
    case 'file':
      return field(name, S_IFREG | (entry.executable ? 0o755 : 0o644), inode, entry.data, [0, 0]);
  }
}

function field(name: string, mode: number, inode: number, data: Uint8Array, device: [number, number]): Buffer[] {
  const text = Buffer.from(`${name}\0`);
  // Magic; then inode, mode, owner, group, links, time, size, device of the file, its own device, length of the name, sum.
  const numbers = [inode, mode, 0, 0, 1, 0, data.length, 0, 0, ...device, text.length, 0];
  const header = Buffer.from(`070701${numbers.map((number) => number.toString(16).padStart(8, '0')).join('')}`);
  return [header, text, padding(header.length + text.length), Buffer.from(data), padding(data.length)];
}

function padding(length: number): Buffer {
  return Buffer.alloc(-length & 3);
}

/** The kernel makes no folders by itself: each goes before what lies in it, once. */
function withFolders(entries: readonly Entry[]): Entry[] {
  const made = new Set<string>();
  return entries.flatMap((entry): Entry[] => {
    const steps = entry.path.split('/').filter(Boolean);
    const above = steps.slice(0, entry.kind === 'folder' ? steps.length : -1);
    const folders = above.map((_, depth) => `/${above.slice(0, depth + 1).join('/')}`);
    const missing = folders.filter((path) => !made.has(path));
    for (const path of missing) made.add(path);
    return [...missing.map((path) => ({ kind: 'folder', path }) as const), ...(entry.kind === 'folder' ? [] : [entry])];
  });
}
