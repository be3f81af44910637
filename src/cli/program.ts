/** The commands and their options. What a command does is loaded only when it runs. */
import { getCompileCacheDir } from 'node:module';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { address, count, endpoint, port, size } from './arguments.ts';
import { boundCompileCache } from './compile-cache.ts';
import { ExitCode, endWith } from './exit.ts';
import { learnCommand } from './learn-command.ts';
import { addResultCommands } from './result-commands.ts';

const examples = `
Start here:
  ./zc run file-to-socket --quick   send a file five ways, and compare what each costs
  ./zc run shared-pages             see whose bytes arrive when the file is overwritten after the call
  ./zc list                         the labs
  ./zc claims                       what is said of zero copy, and what this machine showed
  ./zc learn                        exercises that check by which calls your own program's bytes went
  ./zc inspect -- COMMAND           see which calls carry the file bytes of any program of yours
  ./zc doctor                       what this machine can run

Exit codes: 0 finished, whatever a lab found · 1 a run broke · 2 wrong arguments or unreadable result · 3 cannot run here
            70 a bug of ours · 124 timeout · 130 interrupted · 143 terminated. Nothing is sent anywhere.`;

/** Reads an argument with `parse`, as commander wants its errors. */
function argument<T>(parse: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message);
    }
  };
}

/** How the guest is made and run. */
const guestOptions = (yes: string): Option[] => [
  new Option('--guest-kernel <release>', 'kernel of the guest').choices(['6.12', '6.1']),
  new Option('--kernel <file>', 'a kernel of your own for the guest (a bzImage, such as /boot/vmlinuz-…)'),
  new Option('--modules <folder>', 'its modules: lib/modules/<release>'),
  new Option('--accel <how>', 'emulate in software, or use KVM').choices(['tcg', 'kvm']),
  new Option('--guest-deadline <s>', 'seconds for the guest, all in all').argParser(argument(count)),
  new Option('--yes', yes),
];

function withGuestOptions(command: Command, yes = "download the guest's parts without asking"): Command {
  for (const option of guestOptions(yes)) command.addOption(option);
  return command;
}

const json = () => new Option('--json', 'print one JSON document on stdout');

/** The whole command line; nothing has run yet. */
export function buildProgram(): Command {
  const program = new Command('zc')
    .usage('COMMAND [options]')
    .description('Zero Copy, Measured: labs that show, on this machine, how bytes get from a file to a socket.')
    .version('0.1.0')
    .addHelpText('after', examples)
    .helpCommand('help [command]', 'how a command is used')
    // What stands behind a command's name is that command's, also where ours has an option of the same name.
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .exitOverride();

  withGuestOptions(
    program.command('run'),
    "do not ask before the guest's parts are downloaded, or before the cluster of --bootstrap is written to",
  )
    .description('run labs and report what they found')
    .argument('[lab...]', 'ids of labs, see ./zc list')
    .option('--all', 'every lab')
    .option('--quick', 'fewer bytes and rounds, same method')
    .option('--full', 'more sizes and rounds')
    .option('--size <bytes>', 'payload of a transfer: 64MiB, 100000', argument(size))
    .option('--rounds <n>', 'rounds of the schedule', argument(count))
    .addOption(
      new Option('--receiver <how>', 'copy into a buffer, or discard in the kernel (TCP)')
        .choices(['copy', 'discard'])
        .default('copy'),
    )
    .option('--seed <n>', 'seed of the order of samples', argument(count))
    .option('--work <folder>', 'where files are made (needs a local disk)')
    .option('--out <file>', 'where the result goes; must not exist')
    .option('--verbose', 'everything: all warnings, environment')
    .option('--guest', 'run it in a small Linux under QEMU (labs that count or prove)')
    .option(
      '--bootstrap <host:port>',
      'ask a Kafka cluster of your own, by a listener without encryption (lab kafka): makes a topic, and deletes it',
      argument(address),
    )
    .addOption(json())
    .addHelpText('after', '\nExample: ./zc run file-to-socket --quick --json > result.json')
    .action(async (labs: string[], options) => (await import('./run.ts')).run(labs, options));

  program
    .command('list')
    .description('the labs: question, cost, needs')
    .option('--all', 'every lab, not only those to begin with')
    .addOption(json())
    .action(async (options) => (await import('./list.ts')).list(options));

  program
    .command('doctor')
    .description('what this machine is, and which labs it can run')
    .option('--work <folder>', 'look at this work folder')
    .addOption(json())
    .action(async (options) => (await import('./doctor.ts')).doctor(options));

  withGuestOptions(program.command('guest', { hidden: true }))
    .description('the small Linux of run --guest: fetch its parts, or run a command in it')
    .argument('<what>', 'fetch, or exec -- COMMAND …')
    .argument('[command...]', 'what to run in it')
    .option('--work <folder>', 'where files of the run are made')
    .action(async (what: string, words: string[], options) =>
      (await import('./guest-command.ts')).guest(what, words, options),
    );

  program
    .command('inspect')
    .description("by which calls any program's file bytes go into sockets (strace)")
    .usage('[options] -- COMMAND …   or   --pid N')
    .argument('[command...]', 'program to start, with its arguments; write -- before it')
    .option('--pid <n>', 'look at a process that runs already, with its children', argument(count))
    .option('--seconds <n>', 'for so long; 10 with --pid, else until the command ends', argument(count))
    .option('--copies', "count the kernel's copies too (root, or with --guest)")
    .option('--guest', 'run the command in a small Linux under QEMU, whose kernel lets copies be counted')
    .option('--verbose', 'every file and every reason')
    .addOption(json())
    .addHelpText('after', '\nExample: ./zc inspect --seconds 20 -- python3 -m http.server 8000')
    .action(async (command: string[], options) => (await import('./inspect.ts')).inspect(command, options));

  addResultCommands(program);

  program
    .command('serve')
    .description('serve the site at 127.0.0.1, with your own results')
    .option('--port <n>', 'port to use', argument(port))
    .addOption(json())
    .action(async (options) => (await import('./serve-command.ts')).serveSite(options));

  program
    .command('start', { hidden: true })
    .description('what npm start does: two labs, then the site')
    .option('--no-serve', 'end after the reports')
    .option('--port <n>', 'port to use', argument(port))
    .action(async (options) => (await import('./start.ts')).start(options));

  program
    .command('broker')
    .description("a small log broker that speaks Kafka's protocol, with zero copy or without")
    .requiredOption('--data <folder>', 'where the logs are; it is made when there is none')
    .addOption(
      new Option('--listen <host:port>', 'where clients reach it; port 0: any that is free')
        .argParser(argument(endpoint))
        .default({ host: '127.0.0.1', port: 9092 }, '127.0.0.1:9092'),
    )
    .addOption(
      new Option('--fetch <path>', 'how bytes get from the log into a socket')
        .choices(['sendfile', 'copying', 'mapped', 'tls', 'kernel-tls'])
        .default('sendfile'),
    )
    .option('--tls-key <file>', 'with --fetch tls or kernel-tls: the private key (PEM)')
    .option('--tls-certificate <file>', 'with --fetch tls or kernel-tls: its certificate (PEM)')
    .option('--partitions <n>', 'partitions of a topic that a client asks for and is not there', argument(count), 1)
    .addOption(json())
    .addHelpText('after', '\nExample: ./zc broker --data /tmp/logs   and then   kcat -b 127.0.0.1:9092 -L')
    .action(async (options) => (await import('./broker-command.ts')).runBroker(options));

  program.addCommand(learnCommand());

  return program;
}

/** Runs the command line and ends the process with the right exit code. */
export async function runCommand(args: readonly string[]): Promise<void> {
  // A reader that closes our stdout has seen enough: that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(ExitCode.ok);
    throw error;
  });
  boundCompileCache(getCompileCacheDir());
  if (args.length === 0) {
    const { welcome } = await import('./welcome.ts');
    welcome();
    return;
  }
  try {
    await buildProgram().parseAsync(['node', 'zc', ...args]);
  } catch (error) {
    if (error instanceof CommanderError) {
      // commander has said what is wrong; help and version end with 0.
      process.exitCode = error.exitCode === 0 ? ExitCode.ok : ExitCode.usage;
    } else {
      endWith(error);
    }
  }
}
