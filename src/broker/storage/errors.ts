/**
 * What the storage refuses, under the names and codes that Kafka's protocol has for it (class `Errors` of Kafka's
 * clients, and the table of error codes in its protocol guide). The server answers with `code` as it is.
 */
export class StorageError extends Error {
  /** Kafka's name: CORRUPT_MESSAGE … */
  readonly kafkaName: string;
  /** Kafka's number, as it stands in a response. */
  readonly code: number;

  constructor(kafkaName: string, code: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.kafkaName = kafkaName;
    this.code = code;
  }
}

/** An offset before the first or after the last one of the log. */
export class OffsetOutOfRange extends StorageError {
  constructor(offset: bigint, start: bigint, end: bigint) {
    super('OFFSET_OUT_OF_RANGE', 1, `Cannot read from offset ${offset}: the log goes from ${start} to ${end}`);
  }
}

/** Bytes that are no record batch, or whose CRC-32C is not the one they carry. */
export class CorruptBatch extends StorageError {
  constructor(message: string) {
    super('CORRUPT_MESSAGE', 2, message);
  }
}

/** A batch larger than max.message.bytes. */
export class BatchTooLarge extends StorageError {
  constructor(bytes: number, most: number) {
    super('MESSAGE_TOO_LARGE', 10, `Cannot append a batch of ${bytes} bytes: max.message.bytes is ${most}`);
  }
}

/** Several batches in one request that do not fit into one segment together. */
export class BatchListTooLarge extends StorageError {
  constructor(bytes: number, records: number, most: number) {
    super(
      'RECORD_LIST_TOO_LARGE',
      18,
      `Cannot append ${bytes} bytes with ${records} records at once: a segment holds ${most} bytes and 2^31 offsets`,
    );
  }
}

/** A batch of a format before version 2, which Kafka 4 does not take either (KIP-724). */
export class UnsupportedFormat extends StorageError {
  constructor(magic: number) {
    super(
      'UNSUPPORTED_FOR_MESSAGE_FORMAT',
      43,
      `Cannot append a batch of format ${magic}: expected 2, so use a producer of Kafka 0.11 or newer`,
    );
  }
}

/** A batch that is whole and says something impossible about its records. */
export class InvalidRecord extends StorageError {
  constructor(message: string) {
    super('INVALID_RECORD', 87, message);
  }
}

/** A topic name that cannot be one. */
export class InvalidTopic extends StorageError {
  constructor(message: string) {
    super('INVALID_TOPIC_EXCEPTION', 17, message);
  }
}

/** A topic that is there already. */
export class TopicExists extends StorageError {
  constructor(name: string) {
    super('TOPIC_ALREADY_EXISTS', 36, `Cannot create topic '${name}': it exists`);
  }
}

/** A number of partitions that no topic has. */
export class InvalidPartitions extends StorageError {
  constructor(found: number) {
    super('INVALID_PARTITIONS', 37, `Cannot create a topic with ${found} partitions: expected 1 to 10000`);
  }
}

/** The disk did not do what it was asked: full, read-only, broken. The cause says which call failed. */
export class StorageFailed extends StorageError {
  constructor(message: string, cause: unknown) {
    super('KAFKA_STORAGE_ERROR', 56, `${message}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
