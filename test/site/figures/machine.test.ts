import { expect, test } from 'vitest';
import { guestWords, machineFacts, repeatLine, runLine } from '#site/figures/machine.ts';
import { environment } from '../../fixtures/environment.ts';
import { countResult, proofResult } from '../../fixtures/results.ts';

test('machineFacts() says that a virtual machine speaks about no DMA', () => {
  expect(machineFacts(environment)).toContainEqual(['Virtual', 'yes (kvm): nothing here speaks about DMA']);
  expect(machineFacts({ ...environment, virtualisation: 'none' })).toContainEqual(['Virtual', 'no, bare metal']);
});

test('a guest is named, and that nothing is timed in it is said', () => {
  expect(machineFacts({ ...environment, guest: 'Linux 6.12, QEMU' })).toContainEqual([
    'Guest',
    'Linux 6.12, QEMU: nothing is timed in it',
  ]);
  expect(guestWords(countResult())).toContain('Times would mean nothing');
  expect(guestWords(proofResult())).toBe('');
});

test('repeatLine() repeats a run where it ran, in the guest with the same kernel', () => {
  const { kernel } = environment;
  const guest = { ...countResult().environment, kernel: { ...kernel, release: '6.12.117+deb12-cloud-amd64' } };
  expect(repeatLine({ ...countResult(), environment: guest })).toBe('./zc run count-copies --guest');
  expect(repeatLine(countResult())).toBe('./zc run count-copies --guest --guest-kernel 6.18');
  expect(repeatLine(proofResult())).toBe('./zc run shared-pages');
});

test('runLine() runs a lab in the guest where the lab says so', () => {
  const need = { need: 'root', without: 'it runs in a guest: --guest' };
  expect(runLine({ id: 'some-lab', needs: [need] })).toBe('./zc run some-lab --guest');
  expect(runLine({ id: 'some-lab', needs: [] })).toBe('./zc run some-lab');
});
