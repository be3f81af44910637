import type { CountSample } from '../count-sample.ts';
import type { CountSeries } from '../result.ts';

/** What the kernel encrypted and decrypted of each payload byte, on the average, and how the file was handed over. */
export interface EncryptionsPerByte {
  readonly encrypted: number;
  readonly decrypted: number;
  /** TLS records of one transfer, whoever made them; null without TLS. */
  readonly records: number | null;
  /** The call that brought most bytes to the socket in the first transfer, and how often; null where nobody looked. */
  readonly carrier: { readonly call: string; readonly times: number } | null;
}

/** Summarises the counted transfers of one series; undefined when encryption was not counted in it. */
export function encryptionsPerByte({ samples }: Pick<CountSeries, 'samples'>): EncryptionsPerByte | undefined {
  const counted = samples.filter((one) => one.encryptedBytes !== undefined && one.payloadBytes > 0);
  const [first] = counted;
  if (!first) return undefined;
  const payload = counted.reduce((sum, { payloadBytes }) => sum + payloadBytes, 0);
  const perByte = (bytes: (sample: CountSample) => number) =>
    counted.reduce((sum, sample) => sum + bytes(sample), 0) / payload;
  return {
    encrypted: perByte(({ encryptedBytes }) => encryptedBytes ?? 0),
    decrypted: perByte(({ decryptedBytes }) => decryptedBytes ?? 0),
    records: first.records ?? null,
    carrier: carrierOf(first),
  };
}

/** Calls that only bring the file into the program. */
const fetching = /^(p?readv?|mmap)$/;

function carrierOf({ calls, bytesByCall }: CountSample): EncryptionsPerByte['carrier'] {
  const byBytes = Object.entries(bytesByCall ?? {}).sort(([, one], [, other]) => other - one);
  const call = byBytes[0]?.[0] ?? Object.keys(calls ?? {}).find((name) => !fetching.test(name));
  return call === undefined ? null : { call, times: calls?.[call] ?? 0 };
}
