/**
 * What does one line of nginx's configuration change about how a file is sent?
 *
 * Shows: six behaviours of one nginx by one configuration: sendfile off, on, and on without a limit a call, directio, TLS
 * and gzip. For each the CPU time of its worker a GiB of file, and the system calls of one request, which strace sees
 * while nobody looks at the clock.
 * Leaves out: files that are not in memory, many clients, TLS in the kernel (lab kernel-tls), and a network. The client is
 * ours and throws away what comes.
 */
import { runFile } from '#cli/run-file.ts';
import { defineLab } from '#measure/lab.ts';
import { timeNginx } from '#proof/nginx/crew.ts';

const MiB = 2 ** 20;

/** Directives by variant. Since nginx 1.21.4 a call of sendfile takes at most 2 MiB, unless it is told otherwise. */
const ways = {
  off: 'sendfile off;',
  on: 'sendfile on;',
  'no-limit': 'sendfile on; sendfile_max_chunk 0;',
  directio: 'sendfile on; directio 4m;',
  tls: 'sendfile on;',
  gzip: 'sendfile on; gzip on; gzip_types *; gzip_min_length 0;',
};

const lab = defineLab({
  id: 'nginx',
  kind: 'time',
  title: 'nginx: six ways to send a file by one configuration',
  question:
    "What do nginx's sendfile, directio, TLS and gzip change about how a file is sent, and what does each cost?",
  first: null,
  shows: [
    "CPU time of nginx's worker a GiB of file that it serves, by each way",
    'the system calls of one request, by strace, in a pass without a clock',
  ],
  leavesOut: ['files that are not in memory', 'many clients at once', 'TLS in the kernel', 'a network'],
  needs: [
    { need: 'nginx', without: 'nothing of it can run' },
    { need: 'openssl, for a certificate', without: 'nginx is not asked with TLS' },
    { need: 'strace, and leave to trace', without: "nginx's calls stay unknown" },
  ],
  variants: {
    off: 'sendfile off',
    on: 'sendfile on',
    'no-limit': 'sendfile_max_chunk 0',
    directio: 'directio',
    tls: 'sendfile on, TLS',
    gzip: 'sendfile on, gzip',
  },
  baseline: 'off',
  answer: { shape: 'ratio', measure: 'senderCpuNs', per: 'GiB' },
  quantities: {
    sendfileCalls: { title: 'sendfile', unit: 'count' },
    readCalls: { title: 'reads', unit: 'count' },
    writeCalls: { title: 'writes', unit: 'count' },
    receivedBytes: { title: 'body as it came', unit: 'bytes' },
  },
  factors: { bytes: 'a file of {}' },
  cost: {
    quick: { seconds: 20, diskBytes: 16 * MiB, memoryBytes: 250 * MiB },
    default: { seconds: 60, diskBytes: 64 * MiB, memoryBytes: 300 * MiB },
    full: { seconds: 300, diskBytes: 256 * MiB, memoryBytes: 500 * MiB },
  },
  run: timeNginx(
    {
      quick: { rounds: 9, bytes: 16 * MiB },
      default: { rounds: 11, bytes: 64 * MiB },
      full: { rounds: 21, bytes: 256 * MiB },
    },
    ways,
  ),
});

export default lab;

runFile(import.meta, lab);
