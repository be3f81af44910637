/** The pieces are tried in test/measure/advice.test.ts; here, that the lab has all of them and says what their numbers are. */
import { expect, test } from 'vitest';
import lab from '../../labs/operating-advice.ts';

test('every variant has its task, and every number that is told has its words', () => {
  expect(Object.keys(lab.tasks ?? {})).toEqual(Object.keys(lab.variants));
  const { columns = [] } = lab.answer?.shape === 'facts' ? lab.answer : {};
  expect(columns.length).toBeGreaterThan(0);
  for (const name of columns) expect(lab.quantities).toHaveProperty(name.replace('extra.', ''));
});
