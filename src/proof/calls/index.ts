/** Whose bytes went where, by which calls: a program under strace, or one that runs already. Never timed. */

export { namedDescriptor } from './arguments.ts';
export { type Attachment, attach } from './attach.ts';
export { type Launched, type LaunchOptions, traceCommand } from './launch.ts';
export type { Call } from './line.ts';
export { childrenOf, NoSuchProcess } from './running.ts';
export { findStrace } from './strace.ts';
