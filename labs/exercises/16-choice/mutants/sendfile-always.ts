// Wrong: takes sendfile wherever there is one, also where the receiver must not see what comes later.
// Right: on every example
// Found: choice-not-best situation=file-rewritten technique=sendfile quantity=overwrite counted=40003 other=read-write otherCounted=0
export const answers = {
  'static-file': { technique: 'sendfile', because: 'references' },
  'tiny-files': { technique: 'sendfile', because: 'calls' },
  'file-rewritten': { technique: 'sendfile', because: 'overwrite' },
  'index-lookups': { technique: 'mapping', because: 'calls' },
  checksum: { technique: 'one-buffer', because: 'faults' },
  'upper-case': { technique: 'one-buffer', because: 'memory' },
};
