// Wrong: knows what comes out for sendfile and for read and write, in the order in which they are asked, and tests nothing.
// Found: not-one-transfer way=sendfile transfers=0
let asked = 0;

export function changedBytes(): number {
  return asked++ === 0 ? 40_003 : 0;
}
