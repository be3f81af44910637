import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { usableCpus } from '#libc';
import { Child, ChildBroke, ChildTimeout } from '#machine/child.ts';
import { Guard } from '#machine/guard.ts';

const guard = new Guard();
afterAll(() => guard.release());
const file = fileURLToPath(new URL('./echo-child.ts', import.meta.url));
const start = (cpu: number | null = null) => new Child('echo', file, guard, cpu);

test('Child answers questions in order', async () => {
  const child = start();
  expect(await child.ask({ say: 'one' }, 10_000)).toEqual({ said: 'one' });
  child.tell({ say: 'two' });
  child.tell({ say: 'x'.repeat(200_000) });
  expect(await child.answer(10_000)).toEqual({ said: 'two' });
  expect(await child.answer<{ said: string }>(10_000)).toMatchObject({ said: expect.stringMatching(/^x{200000}$/) });
  child.end();
});

test('Child is pinned with all its threads, and this process is as free as before', async () => {
  const before = usableCpus();
  const cpu = before.at(-1) as number;
  const child = start(cpu);
  expect(await child.ask({ do: 'threads' }, 10_000)).toEqual({ cpus: [String(cpu)] });
  expect(usableCpus()).toEqual(before);
  child.end();
});

test('Child.answer() passes on an error that the child answered with', async () => {
  const child = start();
  const failure = child.ask({ do: 'fail' }, 10_000);
  await expect(failure).rejects.toThrow(new ChildBroke('The echo failed: as asked', false));
  await expect(failure).rejects.toMatchObject({ ended: false });
  child.end();
});

test('Child.answer() says how the child ended', async () => {
  const child = start();
  await child.ask({ say: 'ready' }, 10_000);
  process.kill(child.pid, 'SIGKILL');
  const failure = child.answer(10_000);
  await expect(failure).rejects.toThrow('The echo was ended by SIGKILL');
  await expect(failure).rejects.toMatchObject({ ended: true });
});

test('Child.answer() gives up after its time', async () => {
  const child = start();
  await child.ask({ say: 'ready' }, 10_000);
  await expect(child.answer(50)).rejects.toThrow(ChildTimeout);
  child.end();
});
