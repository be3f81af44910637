import { type CommandReference, commandReferenceSchema } from '#model/command-reference.ts';
import document from './commands.json';

/** What the command line says of itself: `npm run commands` writes it. */
export const commandReference: CommandReference = commandReferenceSchema.parse(document);

/** Where a command stands on its page: `learn-check`. */
export function anchorOf(name: string): string {
  return name.replaceAll(' ', '-');
}
