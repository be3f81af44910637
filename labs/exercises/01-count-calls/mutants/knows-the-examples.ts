// Wrong: knows the numbers of the examples by heart, and gives the last of them for everything else.
// Right: on every example
// Found: prediction-differs call=read fileBytes=300000 counted=6 predicted=5
export function predict(fileBytes: number): { reads: number; writes: number } {
  return fileBytes === 131_072 ? { reads: 3, writes: 2 } : { reads: 5, writes: 4 };
}
