/** Requests and responses as a client sees them, on the schemas of the broker. */
import type { Api } from '../wire/api.ts';
import { type ApiName, apis } from '../wire/apis.ts';
import type { RequestOf, ResponseOf } from '../wire/message.ts';
import { Reader } from '../wire/reader.ts';
import { nullableString, tags } from '../wire/types.ts';
import { Writer } from '../wire/writer.ts';

/** A request as a frame, with its length. */
export function requestFrame<N extends ApiName>(
  name: N,
  version: number,
  body: RequestOf<N>,
  correlationId = 7,
  clientId: string | null = 'test',
): Buffer {
  return frameOf(apis[name] as unknown as Api<RequestOf<N>, unknown>, version, body, correlationId, clientId);
}

/** The same for any API, also one that our broker does not speak. */
export function frameOf<Request>(
  api: Api<Request, unknown>,
  version: number,
  body: Request,
  correlationId: number,
  clientId: string | null,
): Buffer {
  const writer = new Writer();
  writer.int16(api.key);
  writer.int16(version);
  writer.int32(correlationId);
  nullableString.write(writer, clientId, version);
  if (version >= (api.flexibleSince ?? Number.POSITIVE_INFINITY)) tags.write(writer, undefined, version);
  api.request.write(writer, body, version);
  return Buffer.concat(writer.frame() as Buffer[]);
}

/** The body of a response frame without its length. @throws {Error} when it answers another request */
export function responseBody<N extends ApiName>(
  name: N,
  version: number,
  frame: Buffer,
  correlationId = 7,
): ResponseOf<N> {
  return bodyOf(apis[name] as unknown as Api<unknown, ResponseOf<N>>, version, frame, correlationId);
}

/** The same for any API. */
export function bodyOf<Response>(
  api: Pick<Api<unknown, Response>, 'response'>,
  version: number,
  frame: Buffer,
  correlationId: number,
): Response {
  const reader = new Reader(frame);
  const got = reader.int32();
  if (got !== correlationId) throw new Error(`Expected the answer to request ${correlationId}, found one to ${got}`);
  const body = api.response.read(reader, version);
  reader.end();
  return body;
}
