/** The learner exports a function that reads one HTTP request from a connected socket and answers it with a file. */

/** One request for the file, or a range of it. */
export interface HttpRequest {
  /** What curl is given with --range: `0-99`, `100-`, `-100`; null asks for everything. */
  readonly range: string | null;
  /**
   * `curl` reads as many bytes as Content-Length says, `curl-to-the-end` until the server closes. Ours: `parts` sends the
   * request in two parts, `leaves` goes after a small part of the answer, `held` reads when the server has ended.
   */
  readonly by: 'curl' | 'curl-to-the-end' | 'parts' | 'leaves' | 'held';
}

export interface HttpCase {
  readonly bytes: number;
  readonly requests: readonly HttpRequest[];
  readonly faults?: 'short' | 'interrupted';
  /** Offsets around which the file holds data, when it is sparse. */
  readonly dataAround?: readonly number[];
}

export interface HttpTask {
  readonly kind: 'http';
  readonly function: string;
  readonly cases: readonly HttpCase[];
}

/** What the process that runs the learner's function is told. */
export interface HttpJob {
  /** The learner's file. */
  readonly module: string;
  readonly function: string;
  readonly path: string;
  /** Connections to take, one after the other. */
  readonly connections: number;
  readonly faults: 'none' | 'short' | 'interrupted';
  /** Where the port goes as soon as it listens, and the report at the end. */
  readonly portFile: string;
  readonly report: string;
}

/** Everything by curl, as it reads and to the end. */
export function byCurl(...ranges: readonly (string | null)[]): HttpRequest[] {
  return ranges.flatMap((range): HttpRequest[] => [
    { range, by: 'curl' },
    { range, by: 'curl-to-the-end' },
  ]);
}
