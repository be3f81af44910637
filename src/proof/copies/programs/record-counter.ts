/** Type of a record that carries data, RFC 8446 section 5.1. TLS 1.3 hides what is no data behind it too. */
const APPLICATION_DATA = 23;
/** Type, version, and the length of what follows. */
const HEADER_BYTES = 5;

/** Counts the TLS records in a stream of bytes as it comes in, without any key. */
export class RecordCounter {
  /** Records with data that began after the last reset. */
  records = 0;
  #header: number[] = [];
  #left = 0;

  take(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; ) {
      if (this.#left > 0) {
        const part = Math.min(this.#left, chunk.length - at);
        this.#left -= part;
        at += part;
        continue;
      }
      this.#header.push(chunk[at++] as number);
      if (this.#header.length < HEADER_BYTES) continue;
      const [type, , , high = 0, low = 0] = this.#header;
      if (type === APPLICATION_DATA) this.records++;
      this.#left = high * 256 + low;
      this.#header = [];
    }
  }
}
