// Wrong: takes splice for tiny files because it shares their pages, which sendfile does as well and in fewer calls.
// Right: on every example
// Found: choice-not-best situation=tiny-files technique=splice quantity=references counted=2000 other=sendfile otherCounted=2000
export const answers = {
  'static-file': { technique: 'sendfile', because: 'references' },
  'tiny-files': { technique: 'splice', because: 'references' },
  'file-rewritten': { technique: 'read-write', because: 'overwrite' },
  'index-lookups': { technique: 'mapping', because: 'calls' },
  checksum: { technique: 'one-buffer', because: 'faults' },
  'upper-case': { technique: 'one-buffer', because: 'memory' },
};
