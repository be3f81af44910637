import { api } from '../api.ts';
import { array, changed, compactArray, compactString, int16, int32, since, struct, tags } from '../types.ts';

const range = struct({ apiKey: int16, minVersion: int16, maxVersion: int16, tags: since(3, tags, undefined) });

/**
 * What this broker speaks: the first that a client asks. A client that asks in a version we lack gets error 35 in a body
 * of version 0 and asks again in the version that is listed there (KIP-511).
 */
export const apiVersions = api({
  key: 18,
  name: 'ApiVersions',
  versions: [0, 3],
  flexibleSince: 3,
  request: struct({
    clientSoftwareName: since(3, compactString, ''),
    clientSoftwareVersion: since(3, compactString, ''),
    tags: since(3, tags, undefined),
  }),
  response: struct({
    errorCode: int16,
    apiKeys: changed(3, array(range), compactArray(range)),
    throttleTimeMs: since(1, int32, 0),
    tags: since(3, tags, undefined),
  }),
});
