import { afterAll, describe, expect, test } from 'vitest';
import { ChildBroke } from '#machine/child.ts';
import { Guard } from '#machine/guard.ts';
import { type KafkaPrograms, runTool } from '../../../labs/kafka/tool.ts';

const guard = new Guard();
afterAll(() => guard.release());

/** Programs of which java is a script that is given the flags, the class path, the main class and the arguments. */
const kafka = (java: string): KafkaPrograms => ({
  java,
  jars: { classPath: 'a/*', version: '4.3.1', from: 'cache' },
  guard,
});

describe('runTool()', () => {
  test('starts the class of the tool with the jars, and gives what it printed', async () => {
    const said = await runTool('topics', ['--list'], kafka('/bin/echo'), { flags: ['-Xmx9m'] });
    expect(said).toBe('-Xmx9m -cp a/* org.apache.kafka.tools.TopicCommand --list\n');
  });

  test.each([
    [
      'Exception in thread "main" java.lang.Error: why\\n\\tat x.y.Z',
      'Exception in thread "main" java.lang.Error: why',
    ],
    ['[2026-01-01] ERROR no leader\\nmore', '[2026-01-01] ERROR no leader'],
  ])('names the first error when it failed: %s', async (printed, reason) => {
    // sh takes the first flag for its script: `sh -c …`, and the rest for its arguments.
    const failing = runTool('topics', [], kafka('/bin/sh'), { flags: ['-c', `printf '${printed}' >&2; exit 1`] });
    await expect(failing).rejects.toThrow(new ChildBroke(`Apache Kafka's topics failed: ${reason}`, true));
  });

  test('says how it ended when it named no error', async () => {
    const failing = runTool('topics', [], kafka('/bin/sh'), { flags: ['-c', 'echo last; exit 5'] });
    await expect(failing).rejects.toThrow('sh ended with exit code 5: last');
  });

  test('ends what takes too long', async () => {
    const slow = runTool('topics', [], kafka('/bin/sh'), { flags: ['-c', 'exec sleep 60'], timeoutMs: 50 });
    await expect(slow).rejects.toThrow('sh did not end after 0.05 s');
  });
});
