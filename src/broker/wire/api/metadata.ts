import { api } from '../api.ts';
import {
  array,
  boolean,
  changed,
  int16,
  int32,
  nullableArray,
  nullableString,
  since,
  string,
  struct,
} from '../types.ts';

/** Brokers, topics, and who leads each partition: here it is always this one. */
export const metadata = api({
  key: 3,
  name: 'Metadata',
  versions: [0, 6],
  request: struct({
    /** null: all of them. In version 0 an empty list says so. */
    topics: changed(1, array(string), nullableArray(string)),
    allowAutoTopicCreation: since(4, boolean, true),
  }),
  response: struct({
    throttleTimeMs: since(3, int32, 0),
    brokers: array(struct({ nodeId: int32, host: string, port: int32, rack: since(1, nullableString, null) })),
    clusterId: since(2, nullableString, null),
    controllerId: since(1, int32, -1),
    topics: array(
      struct({
        errorCode: int16,
        name: string,
        isInternal: since(1, boolean, false),
        partitions: array(
          struct({
            errorCode: int16,
            partitionIndex: int32,
            leaderId: int32,
            replicaNodes: array(int32),
            isrNodes: array(int32),
            offlineReplicas: since(5, array(int32), []),
          }),
        ),
      }),
    ),
  }),
});
