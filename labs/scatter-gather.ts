/**
 * What if the network card cannot gather? And what goes over the wire either way?
 *
 * Shows: on a virtual network cable, whether the packets of sendfile hold the file's own pages or a copy, as the sending
 * device can gather fragments, compute checksums, or neither; and how many packets and bytes that device sends for each way.
 * The file is overwritten after the last packet has arrived and before anybody reads: old bytes are a copy's, new ones
 * the file's own. Then a header before the file: sent by itself, it is a packet more.
 * Leaves out: a real card and its DMA, packets larger than the wire's (TSO), and how long anything takes.
 */
import { runFile } from '#cli/run-file.ts';
import { ownNetwork } from '#machine/networks.ts';
import { defineLab } from '#measure/lab.ts';
import { countTasks } from '#measure/tasks.ts';
import { wireTask } from '#proof/wire/wire-task.ts';
import type { Wires } from '#proof/wire/wires.ts';
import { mmapWrite } from '#transfer/mmap-write.ts';
import { readWrite } from '#transfer/read-write.ts';
import { sendfile } from '#transfer/sendfile.ts';
import { splice } from '#transfer/splice.ts';

const KiB = 1024;

/** Segments are cut before the device everywhere (no TSO), so that its packets are those of the wire. */
const wires: Wires = {
  veth: ['segmentationOffload'],
  'veth-no-gather': ['segmentationOffload', 'scatterGather'],
  'veth-no-checksum': ['segmentationOffload', 'checksumOffload'],
};

/** Small enough to arrive whole while nobody reads. */
const settings = Object.keys(wires).map((link) => ({ link, bytes: 32 * KiB }));

const cost = { seconds: 3, diskBytes: 64 * KiB, memoryBytes: 100 * KiB * KiB };

const lab = defineLab({
  id: 'scatter-gather',
  kind: 'count',
  title: 'A device that cannot gather, and what goes over the wire',
  question: 'What if the network card cannot gather, and what goes over the wire either way?',
  first: null,
  shows: [
    "whose bytes the packets hold, the file's own or a copy, on devices that can gather and on devices that cannot",
    'packets and bytes that the sending device sends, for each way of sending the same file',
    'what a header before the file costs when it is sent by itself',
  ],
  leavesOut: ['a real network card and its DMA', 'packets that the card cuts itself (TSO)', 'how long anything takes'],
  needs: [
    { need: 'a network of its own (unshare), for which no root is needed', without: 'nothing of it can run' },
    { need: 'iproute2', without: 'nothing of it can run' },
  ],
  variants: {
    'read-write': 'read + write',
    'mmap-write': 'mmap + write',
    sendfile: 'sendfile',
    splice: 'splice',
    'header-apart': 'header, then sendfile',
    'header-more': 'header with MSG_MORE, then sendfile',
    'header-cork': 'header and sendfile under TCP_CORK',
  },
  baseline: 'read-write',
  tasks: {
    'read-write': wireTask({ technique: readWrite }, wires),
    'mmap-write': wireTask({ technique: mmapWrite }, wires),
    sendfile: wireTask({ technique: sendfile }, wires),
    splice: wireTask({ technique: splice }, wires),
    'header-apart': wireTask({ technique: sendfile, header: 'apart' }, wires),
    'header-more': wireTask({ technique: sendfile, header: 'more' }, wires),
    'header-cork': wireTask({ technique: sendfile, header: 'cork' }, wires),
  },
  answer: {
    shape: 'facts',
    columns: ['extra.newBytes', 'extra.oldBytes', 'extra.wirePackets', 'extra.wireBytes'],
    says:
      "sendfile over a device that gathers: {sendfile[link=veth].extra.newBytes} of the bytes are the file's own; " +
      'over one that cannot: {sendfile[link=veth-no-gather].extra.newBytes}. ' +
      'On the wire: {sendfile[link=veth].extra.wirePackets} packets, and by read + write {read-write[link=veth].extra.wirePackets}.',
  },
  quantities: {
    oldBytes: { title: 'bytes of a copy', unit: 'bytes' },
    newBytes: { title: "the file's own bytes", unit: 'bytes' },
    wireBytes: { title: 'bytes on the wire', unit: 'bytes' },
    wirePackets: { title: 'packets', unit: 'count' },
  },
  factors: { bytes: 'file of {} bytes' },
  cost: { quick: cost, default: cost, full: cost },
  run: countTasks(
    { quick: { rounds: 3, settings }, default: { rounds: 5, settings }, full: { rounds: 15, settings } },
    { launcher: ownNetwork },
  ),
});

export default lab;

runFile(import.meta, lab);
