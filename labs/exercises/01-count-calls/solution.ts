/** The calls of a copying loop: full buffers, what is left of the file, and the read that says that it is over. */
export function predict(fileBytes: number, bufferBytes: number, takesBytes: number): { reads: number; writes: number } {
  const full = Math.floor(fileBytes / bufferBytes);
  const rest = fileBytes % bufferBytes;
  const reads = full + (rest > 0 ? 1 : 0) + 1;
  // ^^^ added: the last read. It brings 0 bytes, which is how the loop learns of the end; an empty file has it too.
  const writes = full * Math.ceil(bufferBytes / takesBytes) + Math.ceil(rest / takesBytes);
  // ^^^ added: each buffer begins with a write of its own, so the sizes of file and receiver alone do not decide.
  return { reads, writes };
}
