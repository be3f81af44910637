import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commandsFile, commandsText } from '#cli/write-commands.ts';
import { commandReferenceSchema } from '#model/command-reference.ts';

describe('commandsText()', () => {
  const { program, commands } = commandReferenceSchema.parse(JSON.parse(commandsText()));
  const command = (name: string) => commands.find((one) => one.name === name);

  test('is what is committed: npm run commands renews it', () => {
    expect(readFileSync(commandsFile, 'utf8')).toBe(commandsText());
  });

  test('has arguments, options with choices and defaults, and examples', () => {
    expect(command('run')?.usage).toBe('./zc run [options] [lab...]');
    expect(command('run')?.arguments).toEqual([{ term: 'lab', description: 'ids of labs, see ./zc list' }]);
    expect(command('run')?.options).toContainEqual({
      term: '--receiver <how>',
      description: expect.stringContaining('(choices: "copy", "discard", default: "copy")'),
    });
    expect(command('claims')?.after).toBe('Example: ./zc claims D2 --results labs/results/reference-vm');
    expect(program.after).toContain('Exit codes: 0 finished');
  });

  test('has what stands below a command, and knows what help leaves out', () => {
    expect(command('learn hint')?.usage).toBe('./zc learn hint [options] [exercise]');
    expect(commands.filter(({ hidden }) => hidden).map(({ name }) => name)).toEqual(['guest', 'start']);
  });
});
