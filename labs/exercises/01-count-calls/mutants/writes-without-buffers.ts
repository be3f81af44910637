// Wrong: divides the file by what the receiver takes, as if a write could go over the border of two buffers.
// Found: prediction-differs call=write fileBytes=65536 counted=4 predicted=1
export function predict(fileBytes: number, bufferBytes: number, takesBytes: number): { reads: number; writes: number } {
  return { reads: Math.ceil(fileBytes / bufferBytes) + 1, writes: Math.ceil(fileBytes / takesBytes) };
}
