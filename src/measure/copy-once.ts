/** Copies one file in one way. Program: started under strace, with the variant and both paths. */
import { type FileCopy, fileCopies } from './file-copies.ts';

const [, , variant = '', from = '', to = ''] = process.argv;
const copy = (fileCopies as Readonly<Record<string, FileCopy>>)[variant];
if (!copy) throw new RangeError(`Cannot copy by '${variant}': expected one of ${Object.keys(fileCopies).join(', ')}`);
await copy(from, to);
