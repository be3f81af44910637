/** What counting copies and encryptions together found: does encryption end zero copy? */
import type { CountResult, CountSeries } from '../result.ts';
import { copiesPerByte, encryptionsPerByte } from '../statistics.ts';
import { checkText, spokenCopies } from './copies.ts';

/** Who encrypts, by link: the groups of the report, in their order. */
export const encrypters = {
  tcp: 'nobody',
  'user-tls13': 'program',
  tls13: 'kernel',
} as const;

/** What the count found. */
export interface TlsConclusion {
  readonly text: string;
  readonly meaning: readonly string[];
}

/** Says whether sendfile stayed what it is under encryption. @param titles variant name → title */
export function concludeTls(result: CountResult, titles: Readonly<Record<string, string>>): TlsConclusion {
  const meaning = [
    programsText(result, titles),
    'Not seen: copies and encryption inside a program. Apache Kafka encrypts there, in Java: it was not measured here.',
    cardText(result),
    paddingText(result),
    checkText(result),
  ];
  return { text: kernelText(result, titles), meaning: meaning.filter((line) => line !== '') };
}

/** Our own sendfile, with the kernel's TLS and without any. */
function kernelText(result: CountResult, titles: Readonly<Record<string, string>>): string {
  const name = titles.sendfile ?? 'sendfile';
  const [plain, kernel] = [seriesOf(result, 'sendfile', 'tcp'), seriesOf(result, 'sendfile', 'tls13')];
  const copies = kernel && copiesPerByte(kernel);
  const encryptions = kernel && encryptionsPerByte(kernel);
  if (!copies || !encryptions) return 'This kernel did not encrypt, so only TLS inside the program was counted.';
  const before = plain && copiesPerByte(plain);
  const taken = copies.places.fileToUser + copies.places.userToKernel;
  const kept = spokenCopies(taken) === 'none' && spokenCopies(encryptions.encrypted) === '1';
  if (kept) {
    return `Encryption does not end zero copy where the kernel encrypts: with ${name} no byte was copied to or from the program, as without TLS, and each was encrypted once, on its way from the page cache.`;
  }
  const without = before ? ` (${spokenCopies(before.sender)} without TLS)` : '';
  return `With kernel TLS ${name} copied each byte ${spokenCopies(copies.sender)} times at the sender${without} and encrypted it ${spokenCopies(encryptions.encrypted)} times.`;
}

/** The servers: what changed when the kernel encrypted for them. */
function programsText(result: CountResult, titles: Readonly<Record<string, string>>): string {
  const said = ['nginx-sendfile', 'openssl-sendfile'].flatMap((variant) => {
    const [own, kernel] = [carried(result, variant, 'user-tls13'), carried(result, variant, 'tls13')];
    const name = titles[variant] ?? variant;
    if (own && kernel) return [`${name}: ${own} when it encrypts itself, ${kernel} when the kernel does`];
    return kernel ? [`${name}: ${kernel} when the kernel encrypts`] : [];
  });
  return said.length === 0 ? '' : `How the file left: ${said.join('; ')}.`;
}

function carried(result: CountResult, variant: string, link: string): string | null {
  const series = seriesOf(result, variant, link);
  return series ? carrierText(series) : null;
}

/** `1 sendfile`, `67 write`; a dash where nobody looked. */
export function carrierText(series: Pick<CountSeries, 'samples'>): string {
  const carrier = encryptionsPerByte(series)?.carrier;
  return carrier ? `${carrier.times} ${carrier.call}` : '–';
}

/** TLS_TX_ZEROCOPY_RO, which the kernel also takes where no card encrypts. */
function cardText(result: CountResult): string {
  const [asked, plain] = ['tls13-zero-copy', 'tls13'].map((link) => {
    const series = seriesOf(result, 'sendfile', link);
    return series && encryptionsPerByte(series);
  });
  if (!asked || !plain) return '';
  const same = spokenCopies(asked.encrypted) === spokenCopies(plain.encrypted);
  return same
    ? 'TLS_TX_ZEROCOPY_RO was accepted and changed nothing: it is for a network card that encrypts.'
    : `TLS_TX_ZEROCOPY_RO changed what the CPU encrypts of each byte: ${spokenCopies(asked.encrypted)}, not ${spokenCopies(plain.encrypted)}.`;
}

/** TLS_RX_EXPECT_NO_PAD: whether the receiver's copy went away. */
function paddingText(result: CountResult): string {
  const [told, plain] = ['tls13-no-padding', 'tls13'].map((link) => {
    const series = seriesOf(result, 'sendfile', link);
    const copies = series && copiesPerByte(series);
    return copies && spokenCopies(copies.places.kernelToReceiver);
  });
  if (!told || !plain) return '';
  return `Copies of each byte to the receiver: ${plain} with TLS 1.3, ${told} once it is told that records have no padding (TLS_RX_EXPECT_NO_PAD).`;
}

function seriesOf(result: CountResult, variant: string, link: string): CountSeries | undefined {
  return result.series.find((one) => one.variant === variant && one.factors.link === link);
}
