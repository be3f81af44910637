/** The command line of QEMU: qemu-system-x86_64(1). */

export type Accelerator = 'tcg' | 'kvm';

export interface MachineParts {
  readonly accelerator: Accelerator;
  readonly kernel: string;
  readonly initramfs: string;
  /** Root image, read-only. */
  readonly root: string;
  /** Disk of this run alone. */
  readonly work: string;
}

/** Files that the guest writes, in the run's folder, which is the emulator's working folder. */
export const outputs = { console: 'console', progress: 'progress', result: 'result', compiled: 'compiled' } as const;

const MEMORY_MIB = 1024;
/** CPUs of the guest: labs pin a sender and a receiver, and in software both are threads of the emulator. */
const CPUS = 2;

/**
 * Nothing that the machine has is a default of QEMU: the accelerator is named, because /dev/kvm may exist and be useless;
 * `-fsrm`, because a kernel that sees this CPU flag copies in line, where nobody can count it.
 */
export function emulatorLine({ accelerator, kernel, initramfs, root, work }: MachineParts): string[] {
  // A full disk of the host is an error in the guest; by default the machine would stop and wait for somebody.
  const errors = 'werror=report,rerror=report';
  const disk = (file: string, options: string) => `file=${escaped(file)},format=raw,if=virtio,${errors},${options}`;
  const port = (name: string) => [
    ...['-chardev', `file,id=${name},path=${name}`],
    ...['-device', `virtserialport,chardev=${name},name=${name}`],
  ];
  return [
    ...['-M', 'pc', '-accel', accelerator, '-cpu', 'max,-fsrm', '-smp', String(CPUS), '-m', String(MEMORY_MIB)],
    ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot'],
    ...['-chardev', `file,id=console,path=${outputs.console}`, '-serial', 'chardev:console'],
    ...['-device', 'virtio-serial-pci', ...port(outputs.progress), ...port(outputs.result), ...port(outputs.compiled)],
    ...['-drive', disk(root, 'readonly=on'), '-drive', disk(work, 'cache=unsafe')],
    ...['-kernel', kernel, '-initrd', initramfs],
    ...['-append', 'console=ttyS0 quiet panic=-1 tsc=reliable random.trust_cpu=on'],
  ];
}

/** A comma ends an option of QEMU; two stand for one. */
function escaped(path: string): string {
  return path.replaceAll(',', ',,');
}
