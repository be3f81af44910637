import { expect, test } from 'vitest';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { ownNetwork } from '#machine/networks.ts';
import lab from '../../labs/scatter-gather.ts';
import { extras, runLab } from './lab-run.ts';

test('packets hold the pages of the file where the device gathers, and as many go either way', async ({ skip }) => {
  try {
    ownNetwork();
  } catch (error) {
    if (error instanceof CannotRunHere) skip(error.message);
    throw error;
  }
  const result = await runLab(lab);
  expect(result).toMatchObject({ kind: 'count', cannotRun: [], warnings: [] });
  const found = extras(result, 'link');
  const bytes = 32 * 1024;
  const own = (name: string) => found[name]?.newBytes;
  for (const link of ['veth', 'veth-no-gather', 'veth-no-checksum']) {
    const shared = link === 'veth' ? bytes : 0;
    expect([link, own(`read-write ${link}`), own(`mmap-write ${link}`)]).toEqual([link, 0, 0]);
    for (const variant of ['sendfile', 'splice', 'header-apart', 'header-more', 'header-cork'])
      expect([variant, link, own(`${variant} ${link}`)]).toEqual([variant, link, shared]);
  }
  const wire = (variant: string) => found[`${variant} veth`] as { wirePackets: number; wireBytes: number };
  for (const variant of ['mmap-write', 'sendfile', 'splice'])
    expect(Math.abs(wire(variant).wirePackets - wire('read-write').wirePackets)).toBeLessThanOrEqual(1);
  expect(wire('header-apart').wirePackets).toBeGreaterThan(wire('header-more').wirePackets);
  expect(wire('header-cork').wireBytes).toBeGreaterThan(bytes + 100);
});
