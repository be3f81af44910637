// Wrong: takes it for granted that the receiver takes a whole buffer in one call.
// Right: on every example
// Found: prediction-differs call=write fileBytes=1048576 counted=16 predicted=4
export function predict(fileBytes: number, bufferBytes: number): { reads: number; writes: number } {
  const writes = Math.ceil(fileBytes / bufferBytes);
  return { reads: writes + 1, writes };
}
