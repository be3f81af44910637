import { describe, expect, test } from 'vitest';
import { isHit } from '#site/search-words.ts';

const content = "By hand: kcat -b 127.0.0.1:9092 -X offset=end 'sends' (sendfile), file-to-socket, I/O.";
const at = (...hits: string[]) => ({ content, locations: hits.map((hit) => content.split(' ').indexOf(hit)) });

describe('isHit()', () => {
  test.each([
    ['the word', 'sendfile', ['(sendfile),']],
    ['its beginning', 'se', ['(sendfile),']],
    ['another ending', 'sending', ["'sends'"]],
    ['a part of a compound', 'socket', ['file-to-socket,']],
    ['other signs and size', 'I/o "SENDFILE"', ['I/O.', '(sendfile),']],
    ['a single letter', '-x', ['-X']],
    ['no place at all, as for a title', 'anything', []],
  ])('is true of %s', (_, asked, hits) => expect(isHit(asked, at(...hits))).toBe(true));

  test.each([
    ['a letter that begins it', 'xyzzy', ['-X']],
    ['one of two words', 'sendfile xyzzy', ['(sendfile),', '-X']],
    ['a place that is not there', 'sendfile', ['nowhere']],
  ])('is false of %s', (_, asked, hits) => expect(isHit(asked, at(...hits))).toBe(false));
});
