/** Sends a part of a file by sendfile, for 1 byte, and by pread and write for the rest. */
import { workerData } from 'node:worker_threads';
import { Mapping, OffsetCell, open, pread, sendfile, write } from '../../../src/machine/libc/index.ts';

const { path, fd, offset, part } = workerData as { path: string; fd: number; offset: number; part: number };
using file = open(path);
using cell = new OffsetCell();
cell.set(offset);
sendfile(fd, file.fd, cell, 1);
using memory = Mapping.anonymous(part);
pread(file.fd, memory.address, part - 1, offset + 1);
if (write(fd, memory.address, part - 1) !== part - 1) throw new Error('Expected write to take everything');
