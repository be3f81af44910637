/** What the parent asks of the client, and what it answers: lines of JSON (machine/child.ts). */
export interface FetchQuestion {
  readonly port: number;
  /** File name below the server's root. */
  readonly name: string;
  readonly tls: boolean;
  readonly hash: boolean;
}

export interface FetchAnswer {
  /** 200, or 0 for everything else. */
  readonly status: number;
  /** Bytes of the body. */
  readonly bytes: number;
  /** sha256 of the body when it was asked for, else null. */
  readonly hash: string | null;
  /** TLS records that came in after the request was sent; 0 without TLS. */
  readonly records: number;
}
