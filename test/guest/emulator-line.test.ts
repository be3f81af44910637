import { expect, test } from 'vitest';
import { emulatorLine } from '#guest/emulator-line.ts';

const parts = { kernel: '/k', initramfs: '/i', root: '/a,b/root', work: '/w' } as const;

test('emulatorLine() names the machine, the accelerator and the CPU without fsrm, and nothing by default', () => {
  const line = emulatorLine({ ...parts, accelerator: 'tcg' }).join(' ');
  expect(line).toContain('-M pc -accel tcg -cpu max,-fsrm -smp 2 -m 1024');
  expect(line).toContain('-nodefaults -no-user-config -display none -no-reboot');
  expect(line).toContain('panic=-1');
});

test('emulatorLine() writes the root image nowhere, and doubles commas in paths', () => {
  const line = emulatorLine({ ...parts, accelerator: 'kvm' });
  expect(line).toContain('file=/a,,b/root,format=raw,if=virtio,werror=report,rerror=report,readonly=on');
  expect(line[line.indexOf('-accel') + 1]).toBe('kvm');
});

test('emulatorLine() gives kernel messages, progress and result a file each', () => {
  const files = emulatorLine({ ...parts, accelerator: 'tcg' }).flatMap(
    (word) => /^file,id=.*path=(.*)$/.exec(word)?.[1] ?? [],
  );
  expect(files).toEqual(['console', 'progress', 'result', 'compiled']);
});
