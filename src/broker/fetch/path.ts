import type { Sink, Step, Technique } from '#transfer/mover.ts';
import type { Slice } from '../storage/slice.ts';

export type FetchPathName = 'copying' | 'mapped' | 'sendfile';

/** How the bytes of a slice get from the log file into a socket: the only thing in which listeners differ. */
export interface FetchPath extends Disposable {
  readonly name: FetchPathName;
  /** For one connection. */
  open(sink: Sink): SliceSender;
}

/** Sends slices into one connection, one after the other, each to its end. */
export interface SliceSender extends Disposable {
  /** Moves at most `count` bytes, `done` bytes after the slice's first. Short counts are normal. */
  step(slice: Slice, done: number, count: number): Step;
}

/**
 * A path with one mover for all slices of a connection, because opening one costs more than a small fetch. It suits
 * techniques that ask their source for its descriptor at every step and keep nothing when a range is complete.
 *
 * @param chunk bytes of one call, at most
 */
export function oneMoverEach(name: FetchPathName, technique: Technique, chunk: number): FetchPath {
  return {
    name,
    open(sink) {
      const source = { fd: -1, bytes: Number.MAX_SAFE_INTEGER };
      const mover = technique.open(source, sink, chunk);
      return {
        step(slice, done, count) {
          source.fd = slice.fd;
          return mover.step(slice.position + done, count);
        },
        [Symbol.dispose]: () => mover[Symbol.dispose](),
      };
    },
    [Symbol.dispose]() {},
  };
}
