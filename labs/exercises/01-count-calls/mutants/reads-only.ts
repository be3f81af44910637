// Wrong: counts the reads and forgets that each write is a call as well.
// Found: prediction-differs call=write fileBytes=131072 counted=2 predicted=0
export function predict(fileBytes: number, bufferBytes: number, takesBytes: number): { reads: number; writes: number } {
  return { reads: Math.ceil(fileBytes / bufferBytes) + 1, writes: Math.min(0, takesBytes) };
}
