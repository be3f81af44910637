import { describe, expect, test } from 'vitest';
import { type NeedCode, needText } from '#model/words/needs.ts';

const cases: Record<NeedCode, [args: Record<string, string | number>, says: string]> = {
  'not-linux': [{ platform: 'darwin' }, 'this is macOS'],
  'no-symbol': [{ call: 'cachestat' }, 'has no cachestat'],
  'no-kernel-feature': [{ call: 'splice', errno: 'EOPNOTSUPP' }, 'this kernel has no splice (EOPNOTSUPP)'],
  refused: [{ call: 'io_uring_setup' }, 'io_uring_setup is not permitted (EPERM)'],
  'unsupported-file-system': [{ call: 'O_DIRECT', fileSystem: 'tmpfs' }, 'O_DIRECT is refused on tmpfs (EINVAL)'],
  'msg-zerocopy-unix': [{}, 'AF_UNIX sockets refuse MSG_ZEROCOPY'],
  'no-cachestat': [{}, 'no cachestat'],
  'cannot-evict': [{ fileSystem: 'tmpfs' }, 'pages of tmpfs cannot be dropped'],
  'no-kernel-tls': [{ errno: 'ENOENT' }, 'no TLS of its own (ENOENT)'],
  'no-kernel-cipher': [{ cipher: 'gcm(aes)' }, 'cannot encrypt by gcm(aes)'],
  'program-no-kernel-tls': [{ program: 'nginx' }, 'nginx was asked to let the kernel encrypt'],
  'no-strace': [{}, 'strace is not installed'],
  'no-ptrace': [{}, 'ptrace is not permitted'],
  'no-attach': [{ pid: 42 }, 'process 42 may not be traced'],
  'traced-already': [{ pid: 42, by: 43 }, 'traced by process 43 already'],
  'no-site-tools': [{}, 'tools that build the site'],
  'other-architecture': [{ arch: 'riscv64' }, 'this is riscv64'],
  'hidden-kernel-symbols': [{}, '/proc/kallsyms hides'],
  'no-kernel-types': [{}, '/sys/kernel/btf/vmlinux'],
  'no-copy-functions': [{ function: '_copy_to_iter' }, 'no function _copy_to_iter'],
  'no-breakpoints': [{ errno: 'EINVAL' }, 'perf_event_open: EINVAL'],
  'no-kprobes': [{}, 'no kprobe events'],
  'no-program': [{ program: 'ip', package: 'iproute2' }, 'ip is not installed'],
  'queue-full': [{ took: 2 ** 18, bytes: 2 ** 20 }, 'took 256 KiB of 1 MiB'],
  'little-memory': [{ needed: 2 ** 28, available: 2 ** 29 }, '256 MiB of the 512 MiB'],
  'no-congestion-control': [{ name: 'bbr' }, 'the congestion control bbr is not on this machine, or not for everybody'],
  'no-openssl': [{ call: 'SSL_read' }, 'the OpenSSL that it carries (no SSL_read)'],
  'no-cipher': [{ cipher: 'NULL-SHA', version: '1.2' }, 'does not offer NULL-SHA with TLS 1.2'],
  'no-rate-limit': [{ said: 'Specified qdisc kind is unknown' }, 'qdisc kind is unknown'],
  'no-second-cpu': [{}, 'there is one CPU'],
  'no-shootdown-count': [{ arch: 'arm64' }, 'does not count TLB shootdowns on arm64'],
  'no-network-namespace': [{}, 'may not leave its network'],
  'no-veth': [{ said: 'RTNETLINK answers: Operation not permitted' }, 'Operation not permitted'],
  'no-memory-group': [{}, 'no control group with a limit of memory'],
  'no-pressure': [{ file: '/proc/pressure/io' }, 'wait for the disk (/proc/pressure/io)'],
  'no-shared-pages': [{}, 'sends copies on this file system'],
  'faults-say-nothing': [{}, 'cannot be told from a scan'],
  'no-readahead': [{}, 'nothing is read ahead'],
  'no-reflink': [{ fileSystem: 'ext4', errno: 'EOPNOTSUPP' }, 'ext4 lets no files share their extents'],
  'io-uring-off': [{}, 'io_uring is switched off'],
  'guest-architecture': [{ architecture: 'arm64' }, 'this one is arm64'],
  'guest-no-emulator': [{}, 'QEMU is not installed'],
  'guest-no-kernel': [{}, 'no kernel for the guest'],
  'guest-no-busybox': [{}, 'no busybox that needs no library'],
  'guest-no-program': [{ program: 'mke2fs', package: 'e2fsprogs' }, 'mke2fs is not installed'],
  'guest-not-fetched': [{ packages: 'a kernel', bytes: 2 ** 20 }, 'not here: a kernel (1 MiB to download)'],
  'no-java': [{ found: '11' }, 'this is Java 11'],
  'no-java-compiler': [{}, 'it has no compiler'],
  'no-kafka': [{}, "neither Apache Kafka's jars nor Maven"],
  'kafka-home': [{ path: '/opt/kafka' }, "KAFKA_HOME is '/opt/kafka'"],
  'kafka-not-fetched': [{ said: 'unknown host' }, "bring Apache Kafka's jars: unknown host"],
  'guest-package-unknown': [{ package: 'a-package' }, "know no package 'a-package'"],
};

describe('needText()', () => {
  test.each(Object.entries(cases))('%s says what it was given', (why, [args, says]) => {
    expect(needText({ why, args }).why).toContain(says);
  });

  test.each(Object.keys(cases))('%s reads as a clause without arguments', (why) => {
    const text = needText({ why, args: {} });
    expect(text.why).not.toMatch(/undefined|\.$/);
    expect(text.remedy ?? 'None.').toMatch(/^[A-Z].*\.$/);
  });

  test('names a code that it does not know', () => {
    expect(needText({ why: 'no-moon', args: {} }).why).toContain("'no-moon'");
  });
});
