/**
 * What does it cost to pass on what comes in, from one socket to another?
 *
 * Shows: the proxy's own CPU time and calls, by recv + send through a buffer and by splice through a pipe; and whether what
 * leaves the proxy are the pages that came in: a file is sent into it and overwritten before the far end reads.
 * Leaves out: a proxy that has to look at what it passes on, for then it must copy; connections between which it waits; TLS.
 */
import { runFile } from '#cli/run-file.ts';
import { defineLab } from '#measure/lab.ts';
import { timeTasks } from '#measure/tasks.ts';
import { copyingProxy, splicingProxy } from '#proof/proxy/proxies.ts';
import { proxyTask } from '#proof/proxy/proxy-task.ts';

const MiB = 2 ** 20;
const PAYLOAD = 64 * MiB;
const cost = { seconds: 6, diskBytes: 64 * 1024, memoryBytes: 120 * MiB };
const amount = { settings: [{}] };

const lab = defineLab({
  id: 'splice-proxy',
  kind: 'time',
  title: 'From socket to socket: a proxy that copies, and one that does not',
  question: 'What does it cost to pass on what comes in, from one socket to another?',
  first: null,
  shows: [
    "the proxy's own CPU time for each GiB, by recv + send and by splice, and its calls",
    'that splice passes on the very pages that came in, by the overwrite test',
  ],
  leavesOut: [
    'a proxy that looks at what it passes on: it has to copy',
    'waiting: what is passed on has come in already',
    'TLS, where the bytes that come in are not those that go out',
  ],
  needs: [],
  variants: { 'recv-send': 'recv + send', splice: 'splice through a pipe' },
  baseline: 'recv-send',
  tasks: { 'recv-send': proxyTask(copyingProxy, PAYLOAD), splice: proxyTask(splicingProxy, PAYLOAD) },
  answer: { shape: 'ratio', measure: 'extra.proxyCpuNs', per: 'GiB' },
  quantities: {
    operations: { title: 'pieces passed on', unit: 'count' },
    proxyCpuNs: { title: 'CPU of the proxy', unit: 'ns' },
    newBytes: { title: 'pages handed on', unit: 'bytes' },
  },
  cost: { quick: cost, default: { ...cost, seconds: 12 }, full: { ...cost, seconds: 25 } },
  run: timeTasks({
    quick: { rounds: 9, ...amount },
    default: { rounds: 21, ...amount },
    full: { rounds: 41, ...amount },
  }),
});

export default lab;

runFile(import.meta, lab);
