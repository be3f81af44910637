import { expect, test } from 'vitest';
import { machineFacts } from '#site/figures/machine.ts';
import { environment } from '../../fixtures/environment.ts';

test('machineFacts() says that a virtual machine speaks about no DMA', () => {
  expect(machineFacts(environment)).toContainEqual(['Virtual', 'yes (kvm): nothing here speaks about DMA']);
  expect(machineFacts({ ...environment, virtualisation: 'none' })).toContainEqual(['Virtual', 'no, bare metal']);
});
