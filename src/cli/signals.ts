import { Interrupted } from './exit.ts';

/**
 * A signal that aborts when this process is asked to stop. The first Ctrl-C says so at once and lets the run clean up;
 * the second ends this process, and the guard cleans up without it.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      const reason = new Interrupted(name);
      if (controller.signal.aborted) process.kill(process.pid, 'SIGKILL');
      process.stderr.write('\nStopping …\n');
      controller.abort(reason);
    });
  }
  return controller.signal;
}
