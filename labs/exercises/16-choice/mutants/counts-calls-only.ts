// Wrong: counts calls everywhere, so that the fewest calls always win.
// Right: on every example
// Found: choice-beside situation=file-rewritten technique=sendfile quantity=calls counted=1 other=read-write otherCounted=2
export const answers = {
  'static-file': { technique: 'sendfile', because: 'references' },
  'tiny-files': { technique: 'sendfile', because: 'calls' },
  'file-rewritten': { technique: 'sendfile', because: 'calls' },
  'index-lookups': { technique: 'mapping', because: 'calls' },
  checksum: { technique: 'mapping', because: 'calls' },
  'upper-case': { technique: 'whole-file', because: 'calls' },
};
