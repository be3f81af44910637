// What `npm start` and `npm test` call. Plain JavaScript, because the system's Node runs it (14 or newer): it hands its
// arguments to ./zc, which finds the Node that this project pins, and prints nothing of its own where that can run.
import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const clone = join(dirname(fileURLToPath(import.meta.url)), '../..');

const onWindows = `The labs make Linux system calls, and Windows has none of them. Use WSL2: run 'wsl --install' in PowerShell,
open the Linux it brings, and clone this project inside it (under ~, not under /mnt/c, whose files come from
Windows over a network protocol). This was written without a Windows machine to try it on.`;

if (process.platform === 'win32') {
  console.error(onWindows);
  process.exitCode = 3;
} else {
  launch(process.argv.slice(2));
}

/** Runs ./zc through the shell, so that a ZIP that lost its executable bit, or a noexec mount, does not matter. */
function launch(args) {
  const child = spawn('/bin/sh', [join(clone, 'zc'), ...args], { stdio: 'inherit' });
  passSignals(child);
  child.once('error', (error) => {
    console.error(`Cannot start /bin/sh ${join(clone, 'zc')}: ${error.message}`);
    process.exitCode = 3;
  });
  child.once('exit', (code, signal) => {
    process.exitCode = signal ? 128 + constants.signals[signal] : code;
  });
}

/**
 * Ctrl-C reaches the child by itself, because it is in the terminal's process group too: this process only has to stay
 * until the child has cleaned up. Without a terminal nobody but the sender of the signal can have meant it, so it is
 * passed on; TERM and HUP always are.
 */
function passSignals(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !hasTerminal()) child.kill(signal);
    });
  }
}

function hasTerminal() {
  try {
    openSync('/dev/tty', 'r');
    return true;
  } catch {
    return false;
  }
}
