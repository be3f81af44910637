/**
 * Choose, and say by what count.
 *
 * For each situation, the technique and the quantity that speaks for it. It is counted on this machine for every technique
 * of the situation, and yours must come out at least twice as well. There are `calls` (that the technique makes), `faults`
 * (page faults), `memory` (that it takes), `references` (bytes that go as references to pages of the file, not as copies)
 * and `overwrite` (bytes that still change for the receiver when the file is overwritten after the call has returned).
 */
export const answers = {
  // A file goes to browsers as it is, and the processor should not copy its bytes. read-write, mmap-write, sendfile
  'static-file': { technique: 'sendfile', because: 'references' },

  // TODO: the other five.
  // Files of 100 bytes each, as they are. To copy so little costs nothing; to enter the kernel does.
  // read-write, mmap-write, sendfile, splice
  'tiny-files': { technique: 'sendfile', because: 'references' },

  // A file is rewritten in place while slow receivers still wait for it. Each must get it as it was when it was sent.
  // read-write, sendfile, splice
  'file-rewritten': { technique: 'sendfile', because: 'references' },

  // Fifty targets are looked up, each by binary search, in an index that is in memory. Each step needs 4 bytes.
  // pread, mapping
  'index-lookups': { technique: 'pread', because: 'faults' },

  // A checksum goes once over a file that is in memory. It should not be stopped at one page after the other.
  // one-buffer, mapping
  checksum: { technique: 'mapping', because: 'calls' },

  // All letters of a file become capitals before it is passed on, in a container with little room, whatever its size.
  // one-buffer, whole-file
  'upper-case': { technique: 'whole-file', because: 'calls' },
};
