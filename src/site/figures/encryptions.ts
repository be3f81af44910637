/** Rows of the table of copies and encryptions, and each as a sentence. */
import type { CountResult } from '#model/result.ts';
import { type CopiesPerByte, copiesPerByte, type EncryptionsPerByte, encryptionsPerByte } from '#model/statistics.ts';
import { spokenCopies } from '#model/words/copies.ts';
import { carrierText, encrypters } from '#model/words/tls.ts';

export interface EncryptionRow {
  readonly title: string;
  /** Who encrypts: nobody, the program, the kernel. */
  readonly by: string;
  readonly copies: CopiesPerByte;
  readonly encryptions: EncryptionsPerByte;
  /** `1 sendfile`. */
  readonly carried: string;
}

/** What was counted, grouped by who encrypts. @param titles variant name → title */
export function encryptionRows(result: CountResult, titles: Readonly<Record<string, string>>): EncryptionRow[] {
  return Object.entries(encrypters).flatMap(([link, by]) =>
    result.series
      .filter(({ factors }) => factors.link === link)
      .flatMap((series) => {
        const [copies, encryptions] = [copiesPerByte(series), encryptionsPerByte(series)];
        if (!copies || !encryptions) return [];
        const title = titles[series.variant] ?? series.variant;
        return [{ title, by, copies, encryptions, carried: carrierText(series) }];
      }),
  );
}

export function encryptionSentence({ title, by, copies, encryptions, carried }: EncryptionRow): string {
  const who = by === 'nobody' ? 'without TLS' : `encrypted by the ${by}`;
  const { fileToUser, userToKernel, kernelToReceiver } = copies.places;
  const times = (count: number) => spokenCopies(count);
  return `${title}, ${who}: copies of each byte ${times(fileToUser)} to the program, ${times(userToKernel)} from it, ${times(kernelToReceiver)} to the receiver; in the kernel encrypted ${times(encryptions.encrypted)}, decrypted ${times(encryptions.decrypted)}; carried by ${carried}.`;
}
