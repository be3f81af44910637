import type { LogSettings } from './log-options.ts';
import { openSegments, type Recovery } from './open-segments.ts';
import { Segment } from './segment.ts';
import { syncFolder } from './sync-folder.ts';

/** The segments of a log in order; there is always one, and the last is appended to (class `LogSegments` of Kafka). */
export class Segments implements Disposable {
  readonly #folder: string;
  readonly #settings: LogSettings;
  readonly #list: Segment[];

  /** Opens those in a folder. @throws {SyscallError} */
  constructor(folder: string, settings: LogSettings, recovery: Recovery) {
    this.#folder = folder;
    this.#settings = settings;
    this.#list = openSegments(folder, settings, recovery);
  }

  get oldest(): Segment {
    return this.#list[0] as Segment;
  }

  get active(): Segment {
    return this.#list.at(-1) as Segment;
  }

  /** The segments in which `offset` or what follows it may lie. */
  from(offset: bigint): readonly Segment[] {
    let first = this.#list.length - 1;
    while (first > 0 && (this.#list[first] as Segment).baseOffset > offset) first--;
    return this.#list.slice(first);
  }

  /** The first segment with a record that is not older than `timestamp`, in milliseconds. */
  notOlderThan(timestamp: bigint): Segment | undefined {
    return this.#list.find(({ newest }) => newest.timestamp >= timestamp);
  }

  /** The segment whose log file is at `path`; undefined when it is not retained any more. */
  at(path: string): Segment | undefined {
    return this.#list.findLast(({ log }) => log.path === path);
  }

  /** Begins a segment behind the active one, which is sealed and on the disk, and removes what is not retained. */
  begin(): void {
    using made = new DisposableStack();
    const begun = made.use(new Segment(this.#folder, this.active.nextOffset, this.#settings));
    begun.unseal();
    syncFolder(this.#folder);
    made.move();
    this.#list.push(begun);
    this.#retain();
  }

  /** Removes the oldest segments while the log without them still has `retention.bytes`. */
  #retain(): void {
    const { retentionBytes } = this.#settings;
    if (retentionBytes < 0) return;
    let bytes = this.#list.reduce((sum, segment) => sum + segment.bytes, 0);
    for (const oldest of this.#list.slice(0, -1)) {
      bytes -= oldest.bytes;
      if (bytes < retentionBytes) return;
      oldest.remove();
      this.#list.shift();
    }
  }

  [Symbol.dispose](): void {
    using opened = new DisposableStack();
    for (const segment of this.#list) opened.use(segment);
  }
}
