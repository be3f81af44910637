/**
 * Does zero copy matter when the network is the limit?
 *
 * Shows: the same file over a network that carries 1 or 10 Gbit/s and over one without a limit: how long it takes, what both ends
 * spend, and how much a neighbour on the sender's core gets done meanwhile.
 * Leaves out: a network card and its DMA, other machines, losses and round trips, and how many deployments are limited by what.
 */
import { runFile } from '#cli/run-file.ts';
import { defineLab } from '#measure/lab.ts';
import { timeRegimes } from '#measure/regimes.ts';
import { readWrite } from '#transfer/read-write.ts';
import { sendfile } from '#transfer/sendfile.ts';
import { wholeFile } from '#transfer/whole-file.ts';

const MiB = 2 ** 20;

const lab = defineLab({
  id: 'slow-network',
  kind: 'time',
  title: 'When the network is the limit',
  question: 'Does zero copy matter when the network is the limit?',
  first: 5,
  shows: [
    'time, throughput and CPU of the same transfer over a network that carries 1 or 10 Gbit/s, and over one without a limit',
    'how much work a neighbour who is pinned to the core of the sender gets done while the file is sent',
  ],
  leavesOut: [
    'a network card and its DMA, and a second machine',
    'losses and round trips',
    'what limits most deployments: that is a question about deployments',
  ],
  needs: [
    {
      need: 'a network namespace with a virtual cable (unshare, iproute2)',
      without: 'it runs over loopback, and the sender itself keeps to the rate (SO_MAX_PACING_RATE)',
    },
  ],
  variants: { 'read-write': 'read + write', sendfile: 'sendfile' },
  senders: { 'read-write': readWrite, sendfile: wholeFile(sendfile) },
  baseline: 'read-write',
  answer: { shape: 'ratio', measure: 'wallNs', per: 'GiB' },
  quantities: {
    sentPerSecond: { title: 'Bytes sent', unit: 'per-second' },
    senderBusyShare: { title: 'Share of its core the sender used', unit: 'share' },
    neighbourOperations: { title: "Neighbour's finished operations", unit: 'count' },
    neighbourPerSecond: { title: "Neighbour's operations", unit: 'per-second' },
  },
  factors: { core: '{} core' },
  cost: {
    quick: { seconds: 30, diskBytes: 60 * MiB, memoryBytes: 250 * MiB },
    default: { seconds: 90, diskBytes: 64 * MiB, memoryBytes: 280 * MiB },
    full: { seconds: 220, diskBytes: 64 * MiB, memoryBytes: 280 * MiB },
  },
  run: timeRegimes({
    quick: {
      ...{ rounds: 81, bytes: 48 * MiB, limitedBytes: { 1: 4 * MiB, 10: 8 * MiB } },
      ...{ limits: [1, 10, null], alone: [1, null] },
    },
    default: { rounds: 21, bytes: 64 * MiB, limits: [1, 10, null] },
    full: { rounds: 31, bytes: 64 * MiB, limits: [1, 10, null] },
  }),
});

export default lab;

runFile(import.meta, lab);
