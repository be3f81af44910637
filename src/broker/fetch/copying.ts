import { readWrite } from '#transfer/read-write.ts';
import { type FetchPath, oneMoverEach } from './path.ts';

/** Bytes of the buffer that every connection has. */
const BUFFER_BYTES = 65_536;

/** pread(2) into a buffer of the connection, write(2) from there: the CPU copies every byte twice. */
export const copying = (): FetchPath => oneMoverEach('copying', readWrite, BUFFER_BYTES);
