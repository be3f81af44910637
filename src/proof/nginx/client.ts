/** Fetches a file over HTTP or HTTPS and looks at what came, or throws it away. Program: started by crew.ts, pinned. */
import { createHash } from 'node:crypto';
import { get as getPlain, type IncomingMessage } from 'node:http';
import { get as getEncrypted } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Meter } from '#libc';
import { answerQuestions } from '#machine/answering.ts';
import type { GetAnswer, GetQuestion } from './protocol.ts';

const meter = new Meter();

await answerQuestions<GetQuestion>(async ({ port, path, tls, gzip, look }): Promise<GetAnswer> => {
  const headers = gzip ? { 'accept-encoding': 'gzip' } : {};
  const cpuBefore = meter.cpuNs();
  const startNs = meter.monotonicNs();
  const response = await new Promise<IncomingMessage>((answered, failed) => {
    // The server's certificate was made for this run, and signed by nobody.
    const options = { host: '127.0.0.1', port, path, agent: false, headers, rejectUnauthorized: false };
    (tls ? getEncrypted : getPlain)(options, answered).once('error', failed);
  });
  const zipped = response.headers['content-encoding'] === 'gzip';
  const sha = look ? createHash('sha256') : null;
  let bytes = 0;
  const take = async (body: AsyncIterable<Buffer>) => {
    for await (const chunk of body) {
      bytes += chunk.length;
      sha?.update(chunk);
    }
  };
  if (look && zipped) await pipeline(response, createGunzip(), take);
  else await pipeline(response, take);
  return {
    status: response.statusCode ?? 0,
    zipped,
    bytes,
    hash: sha?.digest('hex') ?? null,
    wallNs: meter.monotonicNs() - startNs,
    cpuNs: meter.cpuNs() - cpuBefore,
  };
});
