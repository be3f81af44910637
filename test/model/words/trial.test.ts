import { expect, test } from 'vitest';
import { trialText } from '#model/words/trial.ts';

test.each([
  [{ fileBytes: 9, situation: 'traced' }, 'Trying: File of 9 bytes under strace'],
  [{ clients: 3, situation: 'client-leaves' }, 'Trying: 3 clients, of whom one leaves in the middle'],
  [{ clients: 2, situation: 'plain' }, 'Trying: 2 clients'],
  [{ request: 'everything', by: 'curl', fileBytes: 9 }, 'Trying: curl asks for all of a file of 9 bytes'],
])('trialText() says what is tried: %o', (about, text) => {
  expect(trialText({ state: 'trying', about })).toBe(text);
});

test('trialText() says that something is counted, or asked', () => {
  expect(trialText({ state: 'counting' })).toBe('Counting on this machine what is right');
  expect(trialText({ state: 'asking', questions: 1, traced: false })).toBe('Asking your file 1 question');
  expect(trialText({ state: 'asking', questions: 1200, traced: true })).toBe(
    'Asking your file 1,200 questions, under strace',
  );
});
