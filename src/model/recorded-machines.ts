/** The machines with results under labs/results/ that are quoted, the first that has a lab's result leading. */

/** Whose numbers the articles quote. */
export const REFERENCE = 'reference-vm';
/** Where labs were recorded anew after the reference machine was gone: the programs that they weigh had changed. */
export const LATER = 'epyc-vm';
/** The project's guest stands in for what these machines' own kernels do not allow: counts, never times. */
const GUEST = 'guest-linux-6.12';

export const QUOTED: readonly string[] = [REFERENCE, LATER, GUEST];

/** Sorts names of machines: the quoted ones in their order, then others, the newer guest first. */
export function byRank(a: string, b: string): number {
  return rank(a) - rank(b) || b.localeCompare(a);
}

function rank(machine: string): number {
  const at = QUOTED.indexOf(machine);
  return at < 0 ? QUOTED.length : at;
}
