/** The lab with --bootstrap: of a cluster that runs already only what a client may do and see. */
import type { Lab } from '#measure/lab.ts';
import { timeCluster } from './cluster.ts';

const KiB = 2 ** 10;
const MiB = 2 ** 20;

const sizes = { few: [64 * KiB, 1 * MiB], all: [64 * KiB, 256 * KiB, 1 * MiB, 8 * MiB] };

export const yourCluster: Lab['cluster'] = {
  variants: { plaintext: 'your cluster' },
  answer: {
    shape: 'facts',
    columns: ['extra.bytesPerSecond', 'extra.brokerNsPerGiB', 'extra.operations'],
    says:
      'By fetches of 1 MiB one consumer gets {plaintext[fetchBytes=1048576].extra.bytesPerSecond} a second from your ' +
      'cluster. CPU time of its broker a GiB: {plaintext[fetchBytes=1048576].extra.brokerNsPerGiB}.',
  },
  quantities: {
    bytesPerSecond: { title: 'throughput, a second', unit: 'bytes' },
    brokerNsPerGiB: { title: "broker's CPU, a GiB", unit: 'ns' },
    operations: { title: 'fetches a sample', unit: 'count' },
  },
  cost: {
    quick: { seconds: 20, diskBytes: 64 * MiB, memoryBytes: 200 * MiB },
    default: { seconds: 60, diskBytes: 256 * MiB, memoryBytes: 400 * MiB },
    full: { seconds: 180, diskBytes: 512 * MiB, memoryBytes: 800 * MiB },
  },
  run: timeCluster({
    quick: { rounds: 9, bytes: 64 * MiB, sampleBytes: 48 * MiB, fetchBytes: sizes.few },
    default: { rounds: 11, bytes: 256 * MiB, sampleBytes: 128 * MiB, fetchBytes: sizes.all },
    full: { rounds: 21, bytes: 512 * MiB, sampleBytes: 256 * MiB, fetchBytes: sizes.all },
  }),
};
