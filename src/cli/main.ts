/** Where ./zc begins. Only what every command needs is loaded here; each command loads its own on use. */
const args = process.argv.slice(2);

// `list` is typed often and has two switches: where they are plainly right, the parser (15 ms) is not loaded.
if (args[0] === 'list' && args.slice(1).every((word) => word === '--all' || word === '--json')) {
  const { list } = await import('./list.ts');
  list({ all: args.includes('--all'), json: args.includes('--json') });
} else {
  const { runCommand } = await import('./program.ts');
  await runCommand(args);
}

export {};
