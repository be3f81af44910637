/** `./zc learn …` and its options. What a command does is loaded only when it runs. */
import { Command, Option } from 'commander';
import { UsageError } from './exit.ts';
import { closest } from './suggest.ts';

const json = () => new Option('--json', 'print one JSON document on stdout');

export function learnCommand(): Command {
  const learn = new Command('learn')
    .exitOverride()
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .usage('[command] [options]')
    .argument('[word]')
    .description('exercises whose checker sees by which calls your bytes went')
    .option('--edit-cmd <command>', 'opens your file; $VISUAL or $EDITOR without it')
    .addOption(json())
    .addHelpText('after', '\nBare ./zc learn watches your file from where you were and checks it whenever you save it.')
    .action(async (word: string | undefined, options) => {
      if (word !== undefined) throw unknown(word, learn);
      await (await import('./learn/watch.ts')).watch(options);
    });

  learn
    .command('check')
    .description('check your file once: exit code 0 when it passes')
    .argument('[exercise]', 'name or number; where you are without it')
    .addOption(json())
    .action(async (name: string | undefined, options) => (await import('./learn/check.ts')).check(name, options));

  learn
    .command('list')
    .description('every exercise, and which are done')
    .addOption(json())
    .action(async (options) => (await import('./learn/list.ts')).list(options));

  learn
    .command('hint')
    .description('one hint more than last time; the first is about what the last check saw')
    .argument('[exercise]', 'name or number; where you are without it')
    .addOption(json())
    .action(async (name: string | undefined, options) => (await import('./learn/hint.ts')).hint(name, options));

  learn
    .command('solution')
    .description('the solution against your file, after you passed')
    .argument('[exercise]', 'name or number; where you are without it')
    .option('--spoil', 'also before you passed')
    .addOption(json())
    .action(async (name: string | undefined, options) => (await import('./learn/solution.ts')).solution(name, options));

  learn
    .command('reset')
    .description('begin again from the starter; your file is kept')
    .argument('<exercise>', 'name or number')
    .option('--keep-mine', 'the starter has changed: go on with your own file')
    .option('--beside', 'the starter has changed: put the new one beside your file')
    .addOption(json())
    .action(async (name: string, options) => (await import('./learn/keep.ts')).reset(name, options));

  learn
    .command('restore')
    .description('bring back what you had: the newest snapshot that differs')
    .argument('<exercise>', 'name or number')
    .argument('[snapshot]', 'its name, or how that begins')
    .option('--list', 'every snapshot')
    .addOption(json())
    .action(async (name: string, snapshot: string | undefined, options) =>
      (await import('./learn/keep.ts')).restore(name, snapshot, options),
    );

  learn
    .command('status')
    .description('what you have proved on this machine; --json is what a student hands in')
    .addOption(json())
    .action(async (options) => (await import('./learn/list.ts')).status(options));

  return learn;
}

/** commander takes a mistyped command for an argument, because bare `learn` does something. */
function unknown(word: string, learn: Command): UsageError {
  const known = learn.commands.map((command) => command.name());
  const near = closest(word, known);
  return new UsageError(
    `Cannot find a command 'learn ${word}'${near ? `: did you mean './zc learn ${near}'?` : `. There are ${known.join(', ')}`}`,
  );
}
