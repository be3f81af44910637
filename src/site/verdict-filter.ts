/** Which claims a reader asked for: by article, by both verdicts, by lab. The address keeps the choice, so that it can be sent. */

/** What the rows of the verdicts carry as `data-…`, several values with spaces between them. */
export const FILTERS = ['article', 'sources', 'machine', 'lab'] as const;
export type Filter = (typeof FILTERS)[number];
/** A value for each filter that is set. */
export type Choice = Readonly<Partial<Record<Filter, string>>>;

/** Whether a row has what was chosen, of each filter that is set. */
export function isShown(row: Readonly<Partial<Record<string, string>>>, choice: Choice): boolean {
  return FILTERS.every((name) => !choice[name] || (row[name] ?? '').split(' ').includes(choice[name]));
}

/** The choice in an address, `?article=3&sources=false`; whatever else stands there is left out. */
export function choiceOf(query: string): Choice {
  const given = new URLSearchParams(query);
  return Object.fromEntries(FILTERS.flatMap((name) => (given.get(name) ? [[name, given.get(name)]] : [])));
}

/** The address's part for a choice, with its question mark; empty where nothing is chosen. */
export function queryOf(choice: Choice): string {
  const set = FILTERS.flatMap((name) => (choice[name] ? [[name, choice[name]] as [string, string]] : []));
  return set.length === 0 ? '' : `?${new URLSearchParams(set)}`;
}

/** `7 of 62 claims.` */
export function countText(shown: number, all: number): string {
  return shown === all ? `All ${all} claims.` : `${shown} of ${all} claims.`;
}
