/**
 * A piece of a log file: where the bytes are, never the bytes. Its file stays open until it is released, also when
 * retention has deleted it meanwhile (class `FileRecords` of Kafka's clients is the like of it).
 */
export interface Slice {
  readonly fd: number;
  /** Bytes before it in the file. */
  readonly position: number;
  readonly bytes: number;
  /** Bytes of whole batches that follow it in the file, as far as there were any when it was made. */
  readonly behind: number;
  /** For messages and traces; the file may be gone. */
  readonly path: string;
  /** Once is enough; more often does no harm. */
  release(): void;
}
