/** Cuts the text of an article into its sentences and bullets, and names each by a hash of what it says. */
import { createHash } from 'node:crypto';

/** Sentences and bullets in their order: a line is one or more of them. Empty lines and rules are none. */
export function sentencesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .flatMap((line) => line.split(/(?<=[.!?]["')”]?)\s+(?=["'(“]?\p{Lu})/u))
    .map(normalised)
    .filter((sentence) => /\p{L}/u.test(sentence));
}

/** The words alone: no marks of a list or heading, one space between words, one kind of quotation mark. */
function normalised(sentence: string): string {
  return sentence
    .normalize('NFKC')
    .replace(/^[\s>#*-]+|[\s*]+$/g, '')
    .replace(/\*\*/g, '')
    .replace(/[’‘]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The first 12 hexadecimal digits of the SHA-256 of a sentence. */
export function hashOf(sentence: string): string {
  return createHash('sha256').update(sentence.toLowerCase()).digest('hex').slice(0, 12);
}
