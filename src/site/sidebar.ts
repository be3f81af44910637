/**
 * The sidebar, by hand and in the order of the road: it reads as a table of contents. Only pages that exist stand here, and
 * all of them do, but for the labs and the exercises: an article carries its own, and two index pages list them all. What
 * comes after Kafka is folded, so that the first screen shows where to begin.
 */
export const sidebar = [
  { label: 'Start here', items: ['what-is-zero-copy', 'kafka/with-and-without', 'first-lab'] },
  {
    label: 'Kafka',
    items: [
      'kafka/is-it-on',
      'kafka/does-it-matter',
      'kafka/tls',
      'kafka/slow-consumers',
      'kafka/latency',
      'kafka/replication',
      'kafka/log',
      'kafka/why-fast',
      'kafka/operating-advice',
      'kafka/basics',
    ],
  },
  {
    label: 'How it works',
    collapsed: true,
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
  { label: 'When it goes wrong', collapsed: true, items: ['not-faster', 'changed-bytes', 'cold-pages'] },
  { label: 'In your language', collapsed: true, items: ['java', 'javascript', 'elsewhere'] },
  { label: 'Try it', collapsed: true, items: ['labs', 'exercises'] },
  { label: 'Verdicts and method', collapsed: true, items: ['verdicts', 'articles', '65-percent', 'method'] },
  { label: 'Reference', collapsed: true, items: ['commands', 'result-format', 'glossary'] },
];
