import type { Lab } from '#measure/lab.ts';

/**
 * The last line of a lab file: when the file itself was started (`./zc exec node labs/<id>.ts --quick`), it runs as
 * `./zc run <id>` would. When it is imported, nothing happens.
 */
export function runFile(meta: ImportMeta, lab: Lab): void {
  // Not awaited: the command imports the lab file, which must have come to its end by then.
  if (meta.main)
    void import('./program.ts').then(({ runCommand }) => runCommand(['run', lab.id, ...process.argv.slice(2)]));
}
