/** What a lab asks of the client, and what it answers: lines of JSON (machine/child.ts). */
import type { Place } from './connection.ts';

/** Where a topic of one partition is, and whether the connection encrypts. */
export interface Source {
  readonly place: Place;
  readonly tls: boolean;
  readonly topic: string;
}

export type ClientQuestion =
  /** Opens the loopback of a network of its own. */
  | { readonly do: 'network' }
  /** Asks for a topic that need not be there, which changes nothing: whether there is a broker that answers. */
  | { readonly do: 'reach'; readonly place: Place; readonly topic: string }
  /** Makes a topic, and says who leads it. */
  | CreateQuestion
  /** Removes a topic, also one that was never made. */
  | { readonly do: 'delete'; readonly place: Place; readonly topic: string }
  /** Makes a topic and produces to it. */
  | ProduceQuestion
  /** Reads a topic once and looks at every batch. */
  | { readonly do: 'look'; readonly from: Source; readonly fetchBytes: number; readonly records: number }
  /** Opens a connection for samples: asks for everything once, and seals the requests of all samples. */
  | OpenQuestion
  /** Throws responses away until so many bytes have come and so much time has passed: for the other side to become warm. */
  | { readonly do: 'warm'; readonly key: string; readonly bytes: number; readonly seconds: number }
  /** One sample. */
  | { readonly do: 'fetch'; readonly key: string }
  | { readonly do: 'empty-calls' };

export interface CreateQuestion {
  readonly do: 'create';
  /** Any broker of the cluster. */
  readonly place: Place;
  readonly topic: string;
  readonly configs: Readonly<Record<string, string>>;
}

export interface CreateAnswer {
  /** Where the topic is, by an address of IPv4. */
  readonly leader: Place;
}

export interface ProduceQuestion {
  readonly do: 'produce';
  readonly place: Place;
  readonly topic: string;
  /** Of the topic that is made; null: it is there already. */
  readonly configs: Readonly<Record<string, string>> | null;
  readonly replicas: readonly number[];
  readonly bytes: number;
  readonly seed: number;
  /** The producer compresses. */
  readonly packed?: boolean;
  /** Batches of one short record each, and fewer bytes of them. */
  readonly small?: boolean;
}

export interface OpenQuestion {
  readonly do: 'open';
  /** By which later questions name it. */
  readonly key: string;
  readonly from: Source;
  readonly fetchBytes: number;
  /** Records that the topic has. */
  readonly records: number;
  /** Requests of one sample. */
  readonly fetches: number;
  readonly samples: number;
}

export interface ProduceAnswer {
  readonly records: number;
  /** Bytes of all batches. */
  readonly bytes: number;
  readonly requests: number;
}

export interface LookAnswer {
  readonly hash: string;
  /** Bytes of records that came, cut batches included, and of all responses. */
  readonly recordBytes: number;
  readonly responseBytes: number;
  readonly fetches: number;
  readonly batches: number;
  readonly compressedBatches: number;
}

export interface FetchAnswer {
  readonly wallNs: number;
  readonly cpuNs: number;
  /** Bytes of records. */
  readonly bytes: number;
}
