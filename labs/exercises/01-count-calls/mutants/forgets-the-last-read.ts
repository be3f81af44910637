// Wrong: forgets the read that returns 0, by which the loop learns that the file is over.
// Found: prediction-differs call=read fileBytes=131072 counted=3 predicted=2
export function predict(fileBytes: number, bufferBytes: number, takesBytes: number): { reads: number; writes: number } {
  const [full, rest] = [Math.floor(fileBytes / bufferBytes), fileBytes % bufferBytes];
  const writes = full * Math.ceil(bufferBytes / takesBytes) + Math.ceil(rest / takesBytes);
  return { reads: full + (rest > 0 ? 1 : 0), writes };
}
