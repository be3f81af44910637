import { MAX_CALL_BYTES } from '#model/paths/path.ts';
import { sendfile as technique } from '#transfer/sendfile.ts';
import { type FetchPath, oneMoverEach } from './path.ts';

/** sendfile(2): the socket gets references to the pages of the log file, and no byte is copied. */
export const sendfile = (): FetchPath => oneMoverEach('sendfile', technique, MAX_CALL_BYTES);
