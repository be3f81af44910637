/** Reads a socket to its end; the first connection of a listener, if it is one. */
import { workerData } from 'node:worker_threads';
import { accept, Mapping, recv } from '../../../src/machine/libc/index.ts';

const { fd, accepts } = workerData as { fd: number; accepts: boolean };
const memory = Mapping.anonymous(65_536);
const socket = accepts ? accept(fd).fd : fd;
while (recv(socket, memory.address, 65_536) > 0);
