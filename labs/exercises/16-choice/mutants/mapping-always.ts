// Wrong: takes a mapping wherever there is one, as if only calls cost anything.
// Right: on every example
// Found: choice-beside situation=checksum technique=mapping quantity=calls counted=2 other=one-buffer otherCounted=257
export const answers = {
  'static-file': { technique: 'sendfile', because: 'references' },
  'tiny-files': { technique: 'sendfile', because: 'calls' },
  'file-rewritten': { technique: 'read-write', because: 'overwrite' },
  'index-lookups': { technique: 'mapping', because: 'calls' },
  checksum: { technique: 'mapping', because: 'calls' },
  'upper-case': { technique: 'one-buffer', because: 'memory' },
};
