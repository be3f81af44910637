/** Shared libraries that a program needs, by asking the loader itself: ldd(1). */
import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { GuestBroke } from './guest-broke.ts';

/**
 * Paths as the loader will look for them, the loader included; none for a script or a program without libraries.
 * @throws {GuestBroke} when a library is missing: then the program cannot run here either
 */
export function librariesOf(program: string): string[] {
  let text: string;
  try {
    text = execFileSync('ldd', [realpathSync(program)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    // ldd ends with 1 for what is not dynamic.
    return [];
  }
  return librariesIn(text);
}

/** Paths in what ldd prints: `libc.so.6 => /lib/… (0x…)`, and the loader's bare path. @throws for `… => not found` */
export function librariesIn(text: string): string[] {
  const lost = /^\s*(\S+) => not found/m.exec(text)?.[1];
  if (lost !== undefined)
    throw new GuestBroke(`Cannot take a program into the guest: its library ${lost} is missing here`);
  return text.split('\n').flatMap((line) => {
    const path = /(?:=> |^\s*)(\/[^\s]+) \(0x/.exec(line)?.[1];
    return path === undefined ? [] : [path];
  });
}
