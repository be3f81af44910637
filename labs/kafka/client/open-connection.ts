import { type Connection, PlainConnection } from './connection.ts';
import { EncryptedConnection } from './encrypted.ts';
import type { Source } from './protocol.ts';

/** Connects to where a topic is. */
export async function openConnection({ place, tls }: Pick<Source, 'place' | 'tls'>): Promise<Connection> {
  return tls ? await EncryptedConnection.open(place) : new PlainConnection(place);
}
