/** A learner's file inside the process that runs it. */
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

/** What came of loading it. */
export type Loaded =
  | { readonly state: 'loaded'; readonly exported: Readonly<Record<string, unknown>> }
  | { readonly state: 'cannot-load'; readonly message: string };

/** Loads the file. It may lie anywhere, and its '#libc' is one whose calls can be made to fall short (faulty-libc.ts). */
export async function loadModule(path: string): Promise<Loaded> {
  const url = pathToFileURL(path).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === '#libc' && context.parentURL === url
        ? { url: new URL('./faulty-libc.ts', import.meta.url).href, shortCircuit: true }
        : next(specifier, context),
  });
  try {
    return { state: 'loaded', exported: (await import(url)) as Record<string, unknown> };
  } catch (error) {
    return { state: 'cannot-load', message: errorSentence(error, path) };
  }
}

/** The message, and the line of the learner's file that it comes from. */
export function errorSentence(error: unknown, path: string): string {
  if (!(error instanceof Error)) return String(error);
  const at = (error.stack ?? '').split('\n').find((line) => line.includes(pathToFileURL(path).href));
  const line = /:(\d+):\d+\)?$/.exec(at ?? '')?.[1];
  // What was loaded is a copy of the learner's file, and where it lies tells the learner nothing.
  const first = (error.message.trim().split('\n')[0] ?? '').replace(` imported from ${path}`, '');
  return line && first ? `${first} (line ${line})` : first || error.name;
}
