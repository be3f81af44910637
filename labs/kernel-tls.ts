/**
 * Does encryption end zero copy? Counts the bytes that the CPU copies, encrypts and decrypts inside the kernel while a file
 * goes to a socket.
 *
 * Shows: with kernel TLS, sendfile still works, and how many bytes each way of sending copies and encrypts, by place and
 * kernel function; then the same of two servers, OpenSSL's own and nginx: which calls carry the file, and who encrypts.
 * Leaves out: copies and encryption inside a program, which cannot be watched; a network card that encrypts by itself; Apache
 * Kafka, whose TLS is in the Java machine; and how long anything takes.
 */
import { runFile } from '#cli/run-file.ts';
import { defineLab } from '#measure/lab.ts';
import { type Block, countTransfers } from '#proof/copies/count-transfers.ts';
import { nginxServer } from '#proof/copies/programs/nginx-server.ts';
import { opensslServer } from '#proof/copies/programs/openssl-server.ts';
import { mmapWrite } from '#transfer/mmap-write.ts';
import { readWrite } from '#transfer/read-write.ts';
import { sendfile } from '#transfer/sendfile.ts';
import { wholeFile } from '#transfer/whole-file.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

/** Both ends are told the keys, so there is no handshake, and nothing but the records is seen. */
const senders = { 'read-write': readWrite, 'mmap-write': mmapWrite, sendfile: wholeFile(sendfile) };

const blocks: readonly Block[] = [
  {
    variants: Object.keys(senders),
    links: ['tcp', 'tls12', 'tls13'],
    receivers: ['read'],
    fileSystems: ['work folder'],
  },
  {
    variants: ['sendfile'],
    links: ['tls13-zero-copy', 'tls13-no-padding'],
    receivers: ['read'],
    fileSystems: ['work folder'],
  },
];

/** The handshake is theirs; each runs with its own TLS and with the kernel's. */
const programs = {
  openssl: opensslServer({ sendfile: false }),
  'openssl-sendfile': opensslServer({ sendfile: true }),
  nginx: nginxServer({ sendfile: false }),
  'nginx-sendfile': nginxServer({ sendfile: true }),
};

const cost = { seconds: 60, diskBytes: 2 * MiB, memoryBytes: 300 * MiB };

const lab = defineLab({
  id: 'kernel-tls',
  kind: 'count',
  title: 'Does encryption end zero copy? Counting copies and encryptions',
  question: 'When a file is sent encrypted, how many times does the CPU copy and encrypt each byte?',
  first: null,
  shows: [
    'bytes copied and encrypted in the kernel for each byte sent, with and without TLS, by read + write, mmap + write and sendfile',
    'which calls carry a file in OpenSSL and nginx when they encrypt themselves, and when the kernel does it for them',
  ],
  leavesOut: [
    'copies and encryption inside a program: neither can be watched',
    'a network card that encrypts (TLS offload)',
    'Apache Kafka: its TLS is in the Java machine, which has no kernel TLS',
    'how long anything takes',
  ],
  needs: [
    {
      need: 'root, kprobes and hardware breakpoints on x86-64',
      without: 'it runs in a guest: --guest, which needs QEMU and no root',
      orGuest: true,
    },
    {
      need: 'kernel TLS (the module tls)',
      without: 'only the rows without TLS, or with TLS in the program, are counted',
    },
    { need: 'openssl, nginx and strace', without: 'the rows of the programs are left out' },
  ],
  variants: {
    'read-write': 'read + write',
    'mmap-write': 'mmap + write',
    sendfile: 'sendfile',
    openssl: 'openssl s_server',
    'openssl-sendfile': 's_server -sendfile',
    nginx: 'nginx, sendfile off',
    'nginx-sendfile': 'nginx, sendfile on',
  },
  baseline: 'read-write',
  cost: { quick: { ...cost, seconds: 40 }, default: cost, full: { ...cost, seconds: 200 } },
  senders,
  // AES-GCM without the instructions of x86: with those, some kernels go through it twice for each byte.
  guest: { modules: ['gcm', 'ghash_generic', 'ctr'] },
  run: countTransfers((_, { request }) => ({
    blocks,
    programs,
    rounds: { quick: 1, default: 2, full: 10 }[request.mode],
    bytes: request.mode === 'quick' ? 256 * KiB : MiB,
    chunk: 64 * KiB,
  })),
});

export default lab;

runFile(import.meta, lab);
