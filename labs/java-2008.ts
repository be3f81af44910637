/**
 * Where do "65 % less time" come from, and what is it here?
 *
 * Shows: the table of IBM's article of 2008 again. Java sends files of its eight sizes over loopback, by a stream with a
 * buffer of 4 KiB and by transferTo, and the time until a receiver has the last byte is taken. The programs are written
 * anew after the article (labs/java/Table2008.java); ours are newer: Java, kernel, machine.
 * Leaves out: the receiver of the article, which was a Java program too; what its machine had in memory; a network.
 */
import { runFile } from '#cli/run-file.ts';
import { defineLab } from '#measure/lab.ts';
import { timeTable } from './java/table.ts';

const MiB = 2 ** 20;

/** The article says MB and GB, and not which ones: here they are MiB. */
const sizes = [7, 21, 63, 98, 200, 350, 700, 1024].map((size) => size * MiB);
/** A small one, a middle one and a large one. */
const some = [7, 63, 200].map((size) => size * MiB);

const lab = defineLab({
  id: 'java-2008',
  kind: 'time',
  title: 'The table of 2008 again: streams of 4 KiB and transferTo',
  question: 'How much time does transferTo take off the programs of the article that says 65 %?',
  first: null,
  shows: [
    'the time to send a file of each size over loopback, by a stream with a buffer of 4 KiB and by transferTo',
    'the CPU time of the whole Java machine, and of the receiver, beside it',
  ],
  leavesOut: [
    "the article's own receiver, kernel, Java and machine, of which it says little",
    'files that are not in memory',
    'larger buffers: lab buffer-size',
  ],
  needs: [{ need: 'a JDK, 17 or newer', without: 'nothing of it can run' }],
  variants: { traditional: 'stream, 4 KiB buffer', 'transfer-to': 'transferTo' },
  baseline: 'traditional',
  answer: { shape: 'crossover', measure: 'wallNs', per: 'operation', along: 'bytes' },
  quantities: {
    operations: { title: 'times the file was sent', unit: 'count' },
    eachNs: { title: 'time a file', unit: 'ns' },
  },
  factors: { bytes: 'a file of {}' },
  cost: {
    quick: { seconds: 25, diskBytes: 200 * MiB, memoryBytes: 600 * MiB },
    default: { seconds: 100, diskBytes: 1024 * MiB, memoryBytes: 1500 * MiB },
    full: { seconds: 200, diskBytes: 1024 * MiB, memoryBytes: 1500 * MiB },
  },
  run: timeTable({
    quick: { rounds: 9, sizes: some },
    default: { rounds: 9, sizes },
    full: { rounds: 21, sizes },
  }),
});

export default lab;

runFile(import.meta, lab);
