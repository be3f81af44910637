/**
 * Requests and responses as frames: a length (INT32), a header, a body.
 *
 *   request header   api_key INT16 · api_version INT16 · correlation_id INT32 · client_id NULLABLE_STRING · [tags]
 *   response header  correlation_id INT32        (ApiVersions keeps it in every version, and no other API is flexible here)
 */
import { type Api, speaks } from './api.ts';
import { type ApiName, type Apis, apiNamed, apis } from './apis.ts';
import { errors } from './errors.ts';
import { MalformedFrame, Reader } from './reader.ts';
import { int16, int32, nullableString, struct, tags, type Value } from './types.ts';
import { type Part, Writer } from './writer.ts';

const header = struct({ apiKey: int16, apiVersion: int16, correlationId: int32, clientId: nullableString });

export type RequestHeader = Value<typeof header>;
export type RequestOf<N extends ApiName> = Value<Apis[N]['request']>;
export type ResponseOf<N extends ApiName> = Value<Apis[N]['response']>;

/** A request by the name of its API; `unsupported` is an ApiVersions request in a version that this broker lacks. */
export type Request =
  | { [N in ApiName]: { readonly header: RequestHeader; readonly api: N; readonly body: RequestOf<N> } }[ApiName]
  | { readonly header: RequestHeader; readonly api: 'unsupported' };

/**
 * Decodes a request; `frame` is without its length.
 * @throws {MalformedFrame} for an unknown API or version too: the protocol has no answer to these but to hang up
 */
export function decodeRequest(frame: Buffer): Request {
  const reader = new Reader(frame);
  const apiKey = reader.int16();
  const apiVersion = reader.int16();
  const correlationId = reader.int32();
  const name = apiNamed(apiKey);
  if (!name) throw new MalformedFrame(`Cannot answer API ${apiKey}: this broker does not speak it`);
  const api: Api<unknown, unknown> = apis[name];
  if (!speaks(api, apiVersion)) {
    // What follows may look otherwise in that version, so nothing of it is read.
    const header = { apiKey, apiVersion, correlationId, clientId: null };
    if (name === 'apiVersions') return { header, api: 'unsupported' };
    throw new MalformedFrame(
      `Cannot answer ${api.name} ${apiVersion}: this broker speaks ${api.versions.join(' to ')}`,
    );
  }
  const clientId = nullableString.read(reader, apiVersion);
  if (apiVersion >= (api.flexibleSince ?? Number.POSITIVE_INFINITY)) tags.read(reader, apiVersion);
  const body = api.request.read(reader, apiVersion);
  reader.end();
  return { header: { apiKey, apiVersion, correlationId, clientId }, api: name, body } as Request;
}

/** Encodes a response as a frame. */
export function encodeResponse<N extends ApiName>(name: N, to: RequestHeader, body: ResponseOf<N>): Part[] {
  return encode(name, to, body, to.apiVersion);
}

/** The answer to an ApiVersions request that is too new: error 35 in a body of version 0, with what there is. */
export function encodeUnsupported(to: RequestHeader): Part[] {
  return encode('apiVersions', to, announcement(errors.UNSUPPORTED_VERSION), 0);
}

/** What this broker speaks, as the response to ApiVersions. */
export function announcement(errorCode: number = errors.NONE): ResponseOf<'apiVersions'> {
  const apiKeys = Object.values(apis).map(({ key, versions: [minVersion, maxVersion] }) => {
    return { apiKey: key, minVersion, maxVersion, tags: undefined };
  });
  return { errorCode, apiKeys, throttleTimeMs: 0, tags: undefined };
}

function encode<N extends ApiName>(name: N, to: RequestHeader, body: ResponseOf<N>, version: number): Part[] {
  const writer = new Writer();
  writer.int32(to.correlationId);
  const api: Api<never, ResponseOf<N>> = apis[name] as unknown as Api<never, ResponseOf<N>>;
  api.response.write(writer, body, version);
  return writer.frame();
}
