// Wrong: returns early for an empty file, as if nothing had to be read to know that it is empty.
// Right: on every example
// Found: prediction-differs call=read fileBytes=0 counted=1 predicted=0
export function predict(fileBytes: number, bufferBytes: number, takesBytes: number): { reads: number; writes: number } {
  if (fileBytes === 0) return { reads: 0, writes: 0 };
  const [full, rest] = [Math.floor(fileBytes / bufferBytes), fileBytes % bufferBytes];
  const writes = full * Math.ceil(bufferBytes / takesBytes) + Math.ceil(rest / takesBytes);
  return { reads: full + (rest > 0 ? 1 : 0) + 1, writes };
}
