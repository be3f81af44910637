// Wrong: counts it in favour of sendfile that an overwrite reaches the receiver.
// Found: choice-not-best situation=static-file technique=sendfile quantity=overwrite counted=40003 other=read-write otherCounted=0
export const answers = {
  'static-file': { technique: 'sendfile', because: 'overwrite' },
  'tiny-files': { technique: 'sendfile', because: 'calls' },
  'file-rewritten': { technique: 'read-write', because: 'overwrite' },
  'index-lookups': { technique: 'mapping', because: 'calls' },
  checksum: { technique: 'one-buffer', because: 'faults' },
  'upper-case': { technique: 'one-buffer', because: 'memory' },
};
