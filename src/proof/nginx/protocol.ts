/** What the parent asks of the client, and what it answers: lines of JSON (machine/child.ts). */
export interface GetQuestion {
  readonly port: number;
  /** Below the server's root, with its slash. */
  readonly path: string;
  readonly tls: boolean;
  /** Says that it takes gzip. */
  readonly gzip: boolean;
  /** Hashes the body, unpacked; without, what comes is thrown away as it is. */
  readonly look: boolean;
}

export interface GetAnswer {
  readonly status: number;
  /** Whether the body came compressed. */
  readonly zipped: boolean;
  /** Bytes of the body, unpacked where it was looked at, else as they came. */
  readonly bytes: number;
  /** sha256 of the body when it was looked at, else null. */
  readonly hash: string | null;
  /** From the first call to the last byte. */
  readonly wallNs: number;
  readonly cpuNs: number;
}
