/** The commands that read results: claims, explain, compare. What a command does is loaded only when it runs. */
import { type Command, Option } from 'commander';

const json = () => new Option('--json', 'print one JSON document on stdout');

/** All values of an option that may be repeated. */
const gather = (value: string, earlier: readonly string[]) => [...earlier, value];

/** Adds them to the program, whose settings they take over. */
export function addResultCommands(program: Command): void {
  program
    .command('claims')
    .description('what is said of zero copy, what the sources say, what this machine showed')
    .argument('[claim]', 'one claim (A2), or a group (A to F)')
    .option(
      '--results <folder>',
      'results of this folder; may be repeated, the first that has a lab counts',
      gather,
      [],
    )
    .option('--run', 'first run the labs that are missing, quickly')
    .option('--work <folder>', 'where files are made (needs a local disk)')
    .option('--strict', 'exit code 1 when a claim did not hold, else 4 when one was too noisy to say')
    .option('--verbose', 'every claim, also those that no lab of this copy decides')
    .addOption(json())
    .addHelpText('after', '\nExample: ./zc claims D2 --results labs/results/reference-vm')
    .action(async (claim: string | undefined, options) => (await import('./claims.ts')).showClaims(claim, options));

  program
    .command('explain')
    .description('why a gain that was expected is not in a result, with the evidence')
    .argument('<result>', 'a result file, or a lab: its newest result')
    .option('--verbose', 'every missing gain and every reason')
    .addOption(json())
    .addHelpText('after', '\nExample: ./zc explain labs/results/reference-vm/file-to-socket.json')
    .action(async (result: string, options) => (await import('./explain.ts')).explainResult(result, options));

  program
    .command('compare')
    .description('what differs between two results of a lab, or two folders of results')
    .argument('<a>', 'a result file, a lab (its newest result), or a folder')
    .argument('<b>', 'the other')
    .option('--verbose', 'every number and every setting')
    .addOption(json())
    .addHelpText('after', '\nExample: ./zc compare labs/results/reference-vm/file-to-socket.json file-to-socket')
    .action(async (a: string, b: string, options) => (await import('./compare.ts')).compareResults(a, b, options));
}
