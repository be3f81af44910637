/**
 * The sidebar, by hand and in the order of the road: it reads as a table of contents. Only pages that exist stand here;
 * labs are not listed one by one, an article carries its own and /labs/ lists them all.
 */
export const sidebar = [
  { label: 'Start here', items: ['what-is-zero-copy', 'kafka/with-and-without', 'first-lab'] },
  {
    label: 'Kafka',
    items: ['kafka/does-it-matter', 'kafka/tls', 'kafka/slow-consumers', 'kafka/latency', 'kafka/operating-advice'],
  },
  {
    label: 'How it works',
    items: [
      'read-and-write',
      'sendfile',
      'mmap',
      'which-one',
      'splice',
      'counting-copies',
      'switches',
      'page-cache',
      'dma',
      'beyond',
    ],
  },
  { label: 'When it goes wrong', items: ['not-faster', 'changed-bytes', 'cold-pages'] },
  { label: 'In your language', items: ['java', 'javascript', 'elsewhere'] },
  { label: 'Try it', items: ['labs', 'exercises'] },
  { label: 'Verdicts and method', items: ['verdicts', 'articles', '65-percent', 'method'] },
  { label: 'Reference', items: ['commands', 'result-format', 'glossary'] },
];
