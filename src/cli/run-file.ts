import type { Lab } from '#measure/lab.ts';

/**
 * The last line of a lab file: when the file itself was started (`./zc exec node labs/<id>.ts --quick`), it runs as
 * `./zc run <id>` would. When it is imported, nothing happens.
 */
export async function runFile(meta: ImportMeta, lab: Lab): Promise<void> {
  if (!meta.main) return;
  const { runCommand } = await import('./program.ts');
  await runCommand(['run', lab.id, ...process.argv.slice(2)]);
}
