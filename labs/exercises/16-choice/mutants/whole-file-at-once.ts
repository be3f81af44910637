// Wrong: takes the whole file into memory because that takes fewer calls.
// Right: on every example
// Found: choice-beside situation=upper-case technique=whole-file quantity=calls counted=3 other=one-buffer otherCounted=513
export const answers = {
  'static-file': { technique: 'sendfile', because: 'references' },
  'tiny-files': { technique: 'sendfile', because: 'calls' },
  'file-rewritten': { technique: 'read-write', because: 'overwrite' },
  'index-lookups': { technique: 'mapping', because: 'calls' },
  checksum: { technique: 'one-buffer', because: 'faults' },
  'upper-case': { technique: 'whole-file', because: 'calls' },
};
