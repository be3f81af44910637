/** What can be set of a log, with Kafka's defaults; Kafka's name of each in its comment. */
export interface LogOptions {
  /** `segment.bytes`: a segment that would become larger is rolled. */
  readonly segmentBytes?: number;
  /** `segment.index.bytes`: room for an index while its segment is written; a full one rolls the segment. */
  readonly segmentIndexBytes?: number;
  /** `index.interval.bytes`: bytes of log between two index entries. */
  readonly indexIntervalBytes?: number;
  /** `max.message.bytes`: the largest batch that is taken. */
  readonly maxMessageBytes?: number;
  /** `retention.bytes`: the oldest segments go when the log without them is still this large; −1: none goes. */
  readonly retentionBytes?: number;
  /** `flush.messages`: records after which the log is synced; without it, only when a segment is rolled. */
  readonly flushMessages?: number;
  /** `flush.ms`: milliseconds after which what was appended is synced; without it, only when a segment is rolled. */
  readonly flushMs?: number;
}

export type LogSettings = Required<LogOptions>;

const defaults: LogSettings = {
  segmentBytes: 2 ** 30,
  segmentIndexBytes: 10 * 2 ** 20,
  indexIntervalBytes: 4096,
  maxMessageBytes: 2 ** 20 + 12,
  retentionBytes: -1,
  flushMessages: Number.POSITIVE_INFINITY,
  flushMs: Number.POSITIVE_INFINITY,
};

/** What is allowed; positions in a segment are 32-bit numbers with a sign, also in Kafka's index. */
const ranges: Readonly<Record<keyof LogSettings, readonly [number, number]>> = {
  segmentBytes: [1024, 2 ** 31 - 1],
  segmentIndexBytes: [24, 2 ** 31 - 1],
  indexIntervalBytes: [0, 2 ** 31 - 1],
  maxMessageBytes: [61, 2 ** 31 - 1],
  retentionBytes: [-1, Number.MAX_SAFE_INTEGER],
  flushMessages: [1, Number.POSITIVE_INFINITY],
  flushMs: [1, Number.POSITIVE_INFINITY],
};

/** Fills in the defaults. @throws {RangeError} for a value that cannot be */
export function settingsOf(options: LogOptions): LogSettings {
  const settings: LogSettings = { ...defaults, ...options };
  for (const [name, [least, most]] of Object.entries(ranges)) {
    const value = settings[name as keyof LogSettings];
    if (!(value >= least && value <= most) || (Number.isFinite(value) && !Number.isInteger(value))) {
      throw new RangeError(`Cannot use ${name} ${value}: expected a whole number from ${least} to ${most}`);
    }
  }
  return settings;
}
