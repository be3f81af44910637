import type { CatalogueEntry } from '#model/catalogue.ts';
import { firstLabs, readCatalogue } from './read-catalogue.ts';

/** `./zc list`: the labs to begin with; `--all`: every lab. */
export function list(options: { all?: boolean; json?: boolean }): void {
  const labs = readCatalogue();
  const shown = options.all ? labs : firstLabs(labs);
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ schemaVersion: 1, labs: shown }, null, 1)}\n`);
    return;
  }
  const width = Math.max(...shown.map(({ id }) => id.length));
  const lines = shown.map((lab) => `${lab.id.padEnd(width)}  ${lab.question}  (${duration(lab)})`);
  const more = labs.length - shown.length;
  process.stdout.write(`${lines.join('\n')}\n\n`);
  process.stdout.write(
    `Run one: ./zc run ${shown[0]?.id} --quick${more > 0 ? `    ${more} more: ./zc list --all` : ''}\n`,
  );
}

function duration({ cost }: CatalogueEntry): string {
  return cost.quick.seconds === cost.default.seconds
    ? `${cost.default.seconds} s`
    : `${cost.quick.seconds} s with --quick, else ${cost.default.seconds} s`;
}
