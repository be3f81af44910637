/**
 * Predict the calls of a copying loop, then count them.
 *
 * This loop copies a file into a receiver that takes at most `takesBytes` in one call:
 *
 *     for (;;) {
 *       const got = read(file, buffer, bufferBytes);
 *       if (got === 0) return;
 *       for (let sent = 0; sent < got; ) sent += write(receiver, buffer + sent, got - sent);
 *     }
 *
 * predict() says how many times it calls read and how many times write. Two examples that were counted:
 *
 *     predict(131_072, 65_536, 65_536)   { reads: 3, writes: 2 }
 *     predict(65_536, 16_384, 65_536)    { reads: 5, writes: 4 }
 */
export function predict(fileBytes: number, bufferBytes: number, takesBytes: number): { reads: number; writes: number } {
  // TODO: is that all the reads there are? And what do the writes depend on, besides the size of the file?
  const reads = Math.ceil(fileBytes / bufferBytes);
  return { reads, writes: Math.ceil(fileBytes / takesBytes) };
}
