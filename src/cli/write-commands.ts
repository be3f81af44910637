/** `npm run commands`: writes what the page /commands/ shows from the command line itself. A test holds the two equal. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { type CommandEntry, commandReferenceSchema } from '#model/command-reference.ts';
import { clone } from './places.ts';
import { buildProgram } from './program.ts';

export const commandsFile: string = join(clone, 'src/site/commands.json');

/** Every command with its arguments and options, in help's order, as text. */
export function commandsText(): string {
  const program = buildProgram();
  const commands = program.commands.flatMap((command) => [command, ...command.commands]);
  const document = { schemaVersion: 1, program: entryOf(program), commands: commands.map(entryOf) };
  return `${JSON.stringify(commandReferenceSchema.parse(document), null, 2)}\n`;
}

function entryOf(command: Command): CommandEntry {
  const help = command.createHelp();
  const shown = command.parent ? [...command.parent.createHelp().visibleCommands(command.parent)] : [];
  return {
    name: nameOf(command),
    description: command.description(),
    usage: `./${help.commandUsage(command)}`,
    arguments: command.registeredArguments.map((argument) => ({
      term: help.argumentTerm(argument),
      description: help.argumentDescription(argument),
    })),
    options: help
      .visibleOptions(command)
      .filter((option) => option.long !== '--help')
      .map((option) => ({ term: help.optionTerm(option), description: help.optionDescription(option) })),
    after: textAfter(command),
    hidden: command.parent !== null && !shown.includes(command),
  };
}

function nameOf(command: Command): string {
  return command.parent?.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
}

/** Commander keeps added help only as an answer to an event: what it prints beyond the help proper is that text. */
function textAfter(command: Command): string {
  let printed = '';
  const output = { ...command.configureOutput() };
  command.configureOutput({ ...output, writeOut: (text) => (printed += text), getOutHelpWidth: () => 120 });
  command.outputHelp();
  const help = command.helpInformation();
  command.configureOutput(output);
  return printed.startsWith(help) ? printed.slice(help.length).trim() : '';
}

if (import.meta.main) writeFileSync(commandsFile, commandsText());
