// Wrong: counts full buffers only, which is right when the file is a multiple of them.
// Right: on every example
// Found: prediction-differs call=read fileBytes=300000 counted=6 predicted=5
export function predict(fileBytes: number, bufferBytes: number, takesBytes: number): { reads: number; writes: number } {
  const full = Math.floor(fileBytes / bufferBytes);
  return { reads: full + 1, writes: full * Math.ceil(bufferBytes / takesBytes) };
}
