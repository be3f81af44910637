/** One transfer that a learner's program is asked for: the job it gets, its source file, and what should arrive of it. */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, Situation } from '#model/finding.ts';
import type { Asked, Attempt } from './attempt.ts';
import type { Bench } from './bench.ts';
import { Content } from './content.ts';
import type { Case, SendTask } from './exercise.ts';
import type { Where } from './judge-ending.ts';
import type { Expected } from './peer.ts';

/** What the file holds, and what should arrive of it, behind the header if there is one. */
export interface Stream {
  readonly content: Content;
  /** Nobody can know it before it is given; null where none is asked for. */
  readonly header: string | null;
  readonly expected: Expected;
  /** Sizes, for what is said about it. */
  readonly sizes: Where;
}

/** A stream of random bytes. */
export function streamOf(task: SendTask, one: Case): Stream {
  const content = one.dataAround ? Content.sparse(one.bytes, one.dataAround) : Content.random(one.bytes);
  const { offset, count } = one.range ?? { offset: 0, count: one.bytes };
  const fileBytes = one.bytes;
  if (!task.header)
    return {
      content,
      header: null,
      expected: { content, offset, count },
      sizes: { fileBytes, ...(one.range ? { offset, count } : {}) },
    };
  const header = `HTTP/1.1 200 OK\r\nContent-Length: ${fileBytes}\r\nETag: "${randomBytes(12).toString('hex')}"\r\n\r\n`;
  const expected = { content: content.behind(Buffer.from(header)), offset: 0, count: fileBytes + header.length };
  return { content, header, expected, sizes: { fileBytes, headerBytes: header.length } };
}

/** What the program is told. */
export function jobOf(module: string, task: SendTask, one: Case, path: string, { header }: Stream): Asked {
  return {
    module,
    function: task.function,
    path,
    args: header !== null ? [header] : one.range ? [one.range.offset, one.range.count] : [],
    sendBuffer: one.sendBuffer ?? null,
    faults: one.faults ?? 'none',
  };
}

/** Under which circumstances it is tried. */
export function situationOf({ faults, receiver, sendBuffer }: Case): Situation {
  if (receiver) return receiver === 'slow' ? 'slow-receiver' : 'receiver-leaves';
  if (faults) return faults === 'interrupted' ? 'interrupted' : 'short-counts';
  return sendBuffer ? 'small-buffer' : 'plain';
}

/** Makes the source file; it is removed with the result. */
export function sourceFile({ folder, sparseFolder }: Bench, content: Content): { readonly path: string } & Disposable {
  const path = join(content.sparse ? sparseFolder : folder, `source-${randomBytes(3).toString('hex')}.bin`);
  content.write(path);
  return { path, [Symbol.dispose]: () => rmSync(path, { force: true }) };
}

/** What is wrong with the bytes that arrived; null: they are what was asked for. */
export function arrivalFinding({ received }: Attempt, { header, expected }: Stream, where: Where): Finding | null {
  const { bytes, difference } = received;
  const { count } = expected;
  const before = header?.length ?? 0;
  if (difference !== null && difference < before) return { code: 'header-differs', args: { ...where, at: difference } };
  if (difference !== null)
    return { code: 'bytes-differ', args: { ...where, at: difference - before, expected: count } };
  if (bytes > count) return { code: 'bytes-extra', args: { ...where, arrived: bytes, expected: count } };
  return bytes < count ? { code: 'bytes-missing', args: { ...where, arrived: bytes, expected: count } } : null;
}
