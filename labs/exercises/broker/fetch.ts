/**
 * A broker of one partition, of which everything is there but the answer to a Fetch: storage and wire of the project's
 * broker, with the answers that a consumer without a group asks for.
 */
import { answerFetch } from '#broker/server/answers/fetch.ts';
import { answerListOffsets } from '#broker/server/answers/list-offsets.ts';
import { answerMetadata } from '#broker/server/answers/topics.ts';
import { Arrivals } from '#broker/server/arrivals.ts';
import type { Log } from '#broker/storage/log.ts';
import { segmentFile } from '#broker/storage/segment-name.ts';
import type { Slice } from '#broker/storage/slice.ts';
import { Storage } from '#broker/storage/topics.ts';
import { fetch } from '#broker/wire/api/fetch.ts';
import { announcement, decodeRequest, encodeResponse, encodeUnsupported, type Request } from '#broker/wire/message.ts';
import { int16, int32, nullableString } from '#broker/wire/types.ts';
import { isSlice, type Part, Writer } from '#broker/wire/writer.ts';
import type { FetchDue, FetchTools, SmallBroker } from '#learn/fetch/fetch-task.ts';
import { produceBatches } from './batches.ts';

const TOPIC = 'exercise';
const MOST_FETCH_BYTES = 2 ** 30;
/** Bytes of a response before its fields (size and correlation id), and of the length of the records behind them. */
const BEFORE_FIELDS = 8;
const LENGTH_BYTES = 4;
/** Batches that are appended at once. */
const APPENDED = 64;
/** The version of Fetch in which our own client asks: the newest that this broker speaks. */
const [, VERSION] = fetch.versions;

export const tools: FetchTools = {
  topic: TOPIC,
  make(folder, shapes) {
    using storage = Storage.open(folder);
    storage.create(TOPIC, 1);
    const log = logOf(storage);
    const values: Buffer[] = [];
    for (let at = 0; at < shapes.length; at += APPENDED) {
      const produced = produceBatches(shapes.slice(at, at + APPENDED));
      log.append(produced.bytes);
      values.push(...produced.values);
    }
    return { path: segmentFile(log.folder, log.startOffset, 'log'), values };
  },
  open: (folder) => new OnePartition(folder),
  request(correlationId, offset, maxBytes) {
    const to = new Writer();
    int16.write(to, fetch.key, VERSION);
    int16.write(to, VERSION, VERSION);
    int32.write(to, correlationId, VERSION);
    nullableString.write(to, 'exercise', VERSION);
    const partition = { index: 0, currentLeaderEpoch: -1, fetchOffset: BigInt(offset), logStartOffset: -1n, maxBytes };
    const asked = {
      ...{ replicaId: -1, maxWaitMs: 0, minBytes: 1, maxBytes, isolationLevel: 0, sessionId: 0, sessionEpoch: -1 },
      ...{ topics: [{ name: TOPIC, partitions: [partition] }], forgottenTopics: [], rackId: '' },
    };
    fetch.request.write(to, asked, VERSION);
    return Buffer.concat(to.frame().filter((part): part is Buffer => !isSlice(part)));
  },
};

class OnePartition implements SmallBroker {
  readonly #storage: Storage;
  readonly #arrivals = new Arrivals();

  constructor(folder: string) {
    this.#storage = Storage.open(folder);
  }

  async answer(frame: Buffer, port: number): Promise<Buffer | FetchDue> {
    const request = decodeRequest(frame);
    const parts = await this.#respond(request, port);
    const head = parts.filter((part): part is Buffer => !isSlice(part));
    return request.api === 'fetch'
      ? dueOf(Buffer.concat(head), parts.filter(isSlice), this.#path)
      : Buffer.concat(head);
  }

  [Symbol.dispose](): void {
    this.#arrivals.end();
    this.#storage[Symbol.dispose]();
  }

  get #path(): string {
    const log = logOf(this.#storage);
    return segmentFile(log.folder, log.startOffset, 'log');
  }

  async #respond(request: Request, port: number): Promise<Part[]> {
    const { header } = request;
    const asker = { host: '127.0.0.1', port, whenGone: () => () => {} };
    switch (request.api) {
      case 'unsupported':
        return encodeUnsupported(header);
      case 'apiVersions':
        return encodeResponse('apiVersions', header, announcement());
      case 'metadata': {
        const topics = { autoCreate: false, partitions: 1, mostPartitions: 1 };
        const answer = await answerMetadata(this.#storage, TOPIC, topics)(request.body, asker, header);
        if (answer) return encodeResponse('metadata', header, answer);
        break;
      }
      case 'listOffsets': {
        const answer = await answerListOffsets(this.#storage)(request.body, asker, header);
        if (answer) return encodeResponse('listOffsets', header, answer);
        break;
      }
      case 'fetch': {
        const find = answerFetch(this.#storage, this.#arrivals, MOST_FETCH_BYTES, () => false);
        const answer = await find(request.body, asker, header);
        if (answer) return encodeResponse('fetch', header, answer);
        break;
      }
    }
    throw new Error(`Cannot answer ${request.api}: this broker is there for Fetch`);
  }
}

function logOf(storage: Storage): Log {
  const log = storage.log(TOPIC, 0);
  if (!log) throw new Error(`Expected topic '${TOPIC}' in '${storage.folder}', found none`);
  return log;
}

/** Takes a response apart. Its file stays where it is for as long as the broker is open. */
function dueOf(head: Buffer, [slice, ...more]: readonly Slice[], path: string): FetchDue {
  if (more.length > 0) throw new Error(`Expected one slice, found ${more.length + 1}`);
  slice?.release();
  return {
    correlationId: head.readInt32BE(4),
    fields: head.subarray(BEFORE_FIELDS, head.length - LENGTH_BYTES),
    path: slice?.path ?? path,
    position: slice?.position ?? 0,
    bytes: slice?.bytes ?? 0,
  };
}
