/** The choices, and why. */
export const answers = {
  'static-file': { technique: 'sendfile', because: 'references' },

  'tiny-files': { technique: 'sendfile', because: 'calls' },
  // ^^^ changed: one call a file. read and write take two, and splice goes through a pipe: it shares pages as well, and
  // takes three.

  'file-rewritten': { technique: 'read-write', because: 'overwrite' },
  // ^^^ changed: what was copied is the receiver's. What was queued by reference is still the file.

  'index-lookups': { technique: 'mapping', because: 'calls' },
  // ^^^ changed: after mmap no step enters the kernel but by a fault, and the pages that searches share fault once.

  checksum: { technique: 'one-buffer', because: 'faults' },
  // ^^^ changed: a mapping faults its way through the whole file; one buffer is faulted in once and used again and again.

  'upper-case': { technique: 'one-buffer', because: 'memory' },
  // ^^^ changed: bytes that change have to be copied, but never all at once.
};
