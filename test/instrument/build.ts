/** Compiles the C side with the system's compiler. */
import { execFileSync, spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;

/** The compiler's first line about itself; null when there is none. */
export function compiler(): string | null {
  const { status, stdout } = spawnSync('cc', ['--version'], { encoding: 'utf8' });
  return status === 0 ? (stdout.split('\n')[0] as string) : null;
}

/** Compiles every C file of this folder into one program in `folder`. @returns its path */
export function buildLoops(folder: string): string {
  const program = join(folder, 'loops');
  const sources = globSync('*.c', { cwd: here }).sort();
  execFileSync('cc', ['-O2', '-Wall', '-Wextra', '-Werror', '-o', program, ...sources], { cwd: here, stdio: 'pipe' });
  return program;
}
