/** The command line as a document: what `./zc help` says, for the page that lists every command. */
import { z } from 'zod';

/** An argument or an option: how it is written, and what it does with its choices and default. */
const termSchema = z.strictObject({ term: z.string(), description: z.string() });
export type CommandTerm = z.infer<typeof termSchema>;

export const commandSchema = z.strictObject({
  /** As it is typed after `./zc`: `run`, `learn check`. */
  name: z.string(),
  description: z.string(),
  /** `./zc run [options] [lab...]` */
  usage: z.string(),
  arguments: z.array(termSchema),
  options: z.array(termSchema),
  /** What stands below the options: an example, exit codes; empty where nothing does. */
  after: z.string(),
  /** True for a command that help leaves out, because messages name it where it is needed. */
  hidden: z.boolean(),
});
export type CommandEntry = z.infer<typeof commandSchema>;

export const commandReferenceSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** The program itself: what bare `./zc help` says. */
  program: commandSchema,
  commands: z.array(commandSchema).min(1),
});
export type CommandReference = z.infer<typeof commandReferenceSchema>;
