/** System calls, one family a file. Import it as '#libc'. */
export * from './address.ts';
export * from './descriptor.ts';
export * from './errno.ts';
export * from './error-queue.ts';
export * from './file.ts';
export * from './kernel-tls.ts';
export { koffiVersion } from './load.ts';
export * from './mapping-place.ts';
export * from './memfd.ts';
export * from './memory.ts';
export * from './namespaces.ts';
export * from './page-cache.ts';
export * from './perf.ts';
export * from './poll.ts';
export * from './process.ts';
export * from './socket.ts';
export * from './socket-options.ts';
export * from './transfer.ts';
