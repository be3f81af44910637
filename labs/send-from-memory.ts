/**
 * Can a program send from its own memory without a copy?
 *
 * Shows: what the kernel itself says of each send with MSG_ZEROCOPY and with io_uring's SEND_ZC: whether it copied after
 * all; and what each way costs sender and receiver, for small and large buffers. On loopback it always copies, only later:
 * a receiver that does not read would otherwise hold the program's pages for ever.
 * Leaves out: a network card, where the copy is really spared; many sends in flight, which share one notification.
 */
import { runFile } from '#cli/run-file.ts';
import { defineLab } from '#measure/lab.ts';
import { memorySends, plainSend, ringSend, zeroCopySend } from '#measure/memory-sends.ts';
import { timeTasks } from '#measure/tasks.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

/** Below and above 10 KB, from where MSG_ZEROCOPY pays over a card (Documentation/networking/msg_zerocopy.rst). */
const settings = [{ bytes: 4 * KiB }, { bytes: 64 * KiB }];
const PAYLOAD = 64 * MiB;

const cost = { seconds: 12, diskBytes: 64 * KiB, memoryBytes: 150 * MiB };

const lab = defineLab({
  id: 'send-from-memory',
  kind: 'time',
  title: 'Sending from memory without a copy, and what the kernel says of it',
  question: 'Can a program send from its own memory without a copy?',
  first: null,
  shows: [
    'for each send whether the kernel says that it copied after all: MSG_ZEROCOPY completions, io_uring notifications',
    'CPU time of sender and receiver together, for buffers of 4 KiB and of 64 KiB',
  ],
  leavesOut: [
    'a network card, where the copy is really spared: loopback always copies',
    'many sends in flight, whose notifications come together',
    'zero copy for the receiver (TCP_ZEROCOPY_RECEIVE, io_uring zcrx), which takes a card that splits headers off',
  ],
  needs: [
    { need: 'MSG_ZEROCOPY (Linux 4.14)', without: 'its row is left out' },
    { need: 'io_uring with SEND_ZC (Linux 6.2)', without: 'its rows are left out' },
  ],
  variants: {
    send: 'send',
    'msg-zerocopy': 'send(MSG_ZEROCOPY)',
    'ring-send': 'io_uring SEND',
    'ring-zerocopy': 'io_uring SEND_ZC',
    'ring-registered': 'io_uring SEND_ZC, registered buffer',
  },
  baseline: 'send',
  tasks: {
    send: memorySends(plainSend, PAYLOAD),
    'msg-zerocopy': memorySends(zeroCopySend, PAYLOAD),
    'ring-send': memorySends(ringSend({ zeroCopy: false, registered: false }), PAYLOAD),
    'ring-zerocopy': memorySends(ringSend({ zeroCopy: true, registered: false }), PAYLOAD),
    'ring-registered': memorySends(ringSend({ zeroCopy: true, registered: true }), PAYLOAD),
  },
  answer: {
    shape: 'facts',
    columns: ['totalCpuNs', 'extra.operations', 'extra.notified', 'extra.copied'],
    says:
      'Of {msg-zerocopy[bytes=65536].extra.notified} sends with MSG_ZEROCOPY the kernel says that it copied ' +
      '{msg-zerocopy[bytes=65536].extra.copied}; of {ring-zerocopy[bytes=65536].extra.notified} with SEND_ZC, ' +
      '{ring-zerocopy[bytes=65536].extra.copied}. This is loopback, where it always does.',
  },
  quantities: {
    operations: { title: 'sends', unit: 'count' },
    notified: { title: 'of which it says when it is done', unit: 'count' },
    copied: { title: 'and that it copied', unit: 'count' },
  },
  factors: { bytes: '{} a send' },
  cost: { quick: cost, default: { ...cost, seconds: 25 }, full: { ...cost, seconds: 50 } },
  run: timeTasks({
    quick: { rounds: 9, settings },
    default: { rounds: 21, settings },
    full: { rounds: 41, settings },
  }),
});

export default lab;

runFile(import.meta, lab);
