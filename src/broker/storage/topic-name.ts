/** Names of topics (class `Topic` of Kafka's clients) and of the folders of their partitions. */
import { InvalidTopic } from './errors.ts';

const MOST_CHARACTERS = 249;
const LEGAL = /^[a-zA-Z0-9._-]+$/;

/** @throws {InvalidTopic} */
export function checkTopicName(name: string): void {
  const wrong = faultOf(name);
  if (wrong) throw new InvalidTopic(`Cannot use topic name '${name}': ${wrong}`);
}

function faultOf(name: string): string | null {
  if (name === '') return 'expected at least one character';
  if (name === '.' || name === '..') return 'it names a folder';
  if (name.length > MOST_CHARACTERS) return `it has ${name.length} characters, and ${MOST_CHARACTERS} are the most`;
  return LEGAL.test(name) ? null : 'expected letters and digits of ASCII, dots, underscores and hyphens';
}

export function partitionFolder(topic: string, partition: number): string {
  return `${topic}-${partition}`;
}

/** Topic and partition of a folder; null where it is none, as with one that Kafka is about to delete (`…-delete`). */
export function partitionOf(folder: string): { readonly topic: string; readonly partition: number } | null {
  const [, topic = '', digits = ''] = /^(.+)-(0|[1-9]\d{0,8})$/.exec(folder) ?? [];
  return topic === '' || faultOf(topic) ? null : { topic, partition: Number(digits) };
}
