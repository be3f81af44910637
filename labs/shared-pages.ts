/**
 * After the send call returns, who still owns the bytes?
 *
 * Shows: which ways of sending hand the receiver the file's own pages. A file of A's is sent, the call returns, the file is
 * overwritten with B's, and only then the receiver reads. A's arrive when the kernel had copied; B's when it had not.
 * Leaves out: how fast anything is, what a network card does, and what happens after the receiver has read.
 */
import { runFile } from '#cli/run-file.ts';
import { defineLab } from '#measure/lab.ts';
import { zeroCopySend } from '#proof/pages/msg-zerocopy.ts';
import { overwriteTest } from '#proof/pages/overwrite-test.ts';
import { vectoredWrite } from '#proof/pages/writev.ts';
import { mmapWrite } from '#transfer/mmap-write.ts';
import { readWrite } from '#transfer/read-write.ts';
import { sendfile } from '#transfer/sendfile.ts';
import { splice } from '#transfer/splice.ts';

const KiB = 1024;
const cost = { seconds: 1, diskBytes: 64 * KiB, memoryBytes: 100 * KiB * KiB };

const lab = defineLab({
  id: 'shared-pages',
  kind: 'proof',
  title: 'Whose pages were sent: the overwrite test',
  question: 'After the send call returns, who still owns the bytes?',
  first: 2,
  shows: [
    'which ways of sending queue the pages of the file itself, and which queue a copy of your own',
    'that the test can fail: it is repeated with the receiver reading first, and without the overwrite',
  ],
  leavesOut: ['how fast anything is', 'what a network card does', 'pages that are not in memory'],
  needs: [
    { need: 'a file system with O_DIRECT', without: 'the row for O_DIRECT is left out' },
    { need: 'MSG_ZEROCOPY (Linux 4.14)', without: 'the row for MSG_ZEROCOPY is left out; AF_UNIX has none' },
  ],
  variants: {
    'read-write': 'read + write',
    writev: 'read + writev',
    'mmap-write': 'mmap + write',
    sendfile: 'sendfile',
    splice: 'splice',
    'msg-zerocopy': 'mmap + send(MSG_ZEROCOPY)',
    'sendfile-direct': 'sendfile from O_DIRECT',
  },
  baseline: 'read-write',
  cost: { quick: cost, default: cost, full: cost },
  run: overwriteTest({
    suspects: {
      'read-write': { technique: readWrite },
      writev: { technique: vectoredWrite },
      'mmap-write': { technique: mmapWrite },
      sendfile: { technique: sendfile },
      splice: { technique: splice },
      'msg-zerocopy': { technique: zeroCopySend, completes: true },
      'sendfile-direct': { technique: sendfile, direct: true },
    },
    links: ['tcp', 'unix'],
    bytes: 64 * KiB,
    rounds: 1,
  }),
});

export default lab;

runFile(import.meta, lab);
