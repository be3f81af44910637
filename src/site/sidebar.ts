/**
 * The sidebar, by hand and in the order of the road: it reads as a table of contents. Only pages that exist stand here;
 * labs are not listed one by one, an article carries its own and /labs/ lists them all.
 */
export const sidebar = [
  { label: 'Start here', items: ['what-is-zero-copy', 'first-lab'] },
  { label: 'How it works', items: ['read-and-write', 'sendfile', 'mmap', 'splice', 'counting-copies', 'switches'] },
  { label: 'When it goes wrong', items: ['changed-bytes'] },
  { label: 'Try it', items: ['labs', 'exercises'] },
  { label: 'Verdicts and method', items: ['verdicts', 'articles', 'method'] },
  { label: 'Reference', items: ['glossary'] },
];
