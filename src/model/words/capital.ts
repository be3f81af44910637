/** Clauses become sentences. */

/** With a capital at its beginning. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** With a capital and a full stop. */
export function sentence(clause: string): string {
  return `${capital(clause)}.`;
}
