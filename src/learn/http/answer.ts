/** An answer over HTTP: what a request is due by RFC 9110, section 14, and what came of it. */

export interface HttpAnswer {
  /** 0 when no answer came. */
  readonly status: number;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  /** Bytes up to the empty line, it included. */
  readonly headBytes: number;
  readonly body: Buffer;
  /** What the client has to say about it, in its own words; null when it is content. */
  readonly trouble: string | null;
}

export interface Due {
  readonly status: 200 | 206 | 416;
  /** The bytes from `begin` to before `end`. */
  readonly begin: number;
  readonly end: number;
  readonly contentRange: string | null;
}

/** What a request for one range of a file of `size` bytes is due. */
export function dueFor(range: string | null, size: number): Due {
  if (range === null) return { status: 200, begin: 0, end: size, contentRange: null };
  const [, first = '', last = ''] = /^(\d*)-(\d*)$/.exec(range) ?? [];
  const begin = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (begin >= end) return { status: 416, begin: 0, end: 0, contentRange: `bytes */${size}` };
  return { status: 206, begin, end, contentRange: `bytes ${begin}-${end - 1}/${size}` };
}

/** Reads the head of an answer. */
export function readHead(head: string): Pick<HttpAnswer, 'status' | 'headers'> {
  const [first = '', ...lines] = head.split('\r\n').filter(Boolean);
  const headers = lines.map((line): [string, string] => {
    const at = line.indexOf(':');
    return [line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()];
  });
  return { status: Number(/^HTTP\/1\.[01] (\d{3})\b/.exec(first)?.[1] ?? 0), headers: new Map(headers) };
}
