/**
 * Says how far a run is, on stderr: one line that is rewritten on a terminal, one line a phase elsewhere.
 * @param alone false where others write to the stream as well, so that no line may be rewritten
 */
export function progressOn(
  stream: NodeJS.WriteStream,
  name: string,
  alone = true,
): (done: number, total: number, what: string) => void {
  let phase = '';
  return (done, total, what) => {
    if (stream.isTTY && alone) {
      const line = `${name}: ${what} ${done}/${total}`;
      stream.write(done >= total ? '\r\x1b[K' : `\r\x1b[K${line}`);
    } else if (what !== phase && what !== 'done') {
      stream.write(`${name}: ${what}\n`);
    }
    phase = what;
  };
}
