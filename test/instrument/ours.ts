/** Our side of the comparison. Program: started by sides.ts, pinned, one for all samples. */
import { answerQuestions } from '#machine/answering.ts';
import type { Family } from '#model/instrument.ts';
import { emptyCall } from './empty-call.ts';
import { openMmapScanMunmapClose, openReadClose } from './files.ts';
import { lookup } from './lookup.ts';
import type { Loop, Question } from './loops.ts';
import { readWriteLoop, sendfileLoop } from './transfers.ts';

const loops: Record<Family, Loop> = {
  'read-write': readWriteLoop,
  sendfile: sendfileLoop,
  'open-read-close': openReadClose,
  'open-mmap-scan-munmap-close': openMmapScanMunmapClose,
  lookup,
  'empty-call': emptyCall,
};

await answerQuestions<Question>((question) => loops[question.family](question));
