/** setsockopt(2), getsockopt(2) and ioctl(2) on sockets; socket(7), tcp(7), netdevice(7). */
import { check, ENOENT, EPERM, moved, refusal } from './errno.ts';
import { bind } from './load.ts';
import { Mapping } from './memory.ts';

type Option = (fd: number, level: number, name: number, value: number, length: number) => number;

const c = {
  set: bind<Option>('setsockopt', 'int', ['int', 'int', 'int', 'pointer', 'uint']),
  get: bind<Option>('getsockopt', 'int', ['int', 'int', 'int', 'pointer', 'pointer']),
  ioctl: bind<(fd: number, request: number, argument: number) => number>('ioctl', 'int', ['int', 'ulong', 'pointer']),
};

const SOL_SOCKET = 1;
const IPPROTO_TCP = 6;

const options = {
  SO_SNDBUF: [SOL_SOCKET, 7],
  SO_RCVBUF: [SOL_SOCKET, 8],
  /** Bytes a second; TCP paces by itself. */
  SO_MAX_PACING_RATE: [SOL_SOCKET, 47],
  SO_ZEROCOPY: [SOL_SOCKET, 60],
  TCP_NODELAY: [IPPROTO_TCP, 1],
  TCP_CORK: [IPPROTO_TCP, 3],
} as const;

export type IntOption = keyof typeof options;

/** Sets an integer option. The kernel doubles SO_SNDBUF and SO_RCVBUF for its own book-keeping (socket(7)). */
export function setOption(fd: number, name: IntOption, value: number): void {
  const [level, option] = options[name];
  using memory = Mapping.anonymous(4);
  memory.view().writeInt32LE(value);
  const result = moved(c.set(fd, level, option, memory.address, 4));
  if (result < 0) throw refusal(`setsockopt(${name})`, -result);
}

/** Value of an integer option. @throws {SyscallError} */
export function getOption(fd: number, name: IntOption): number {
  const [level, option] = options[name];
  using memory = Mapping.anonymous(8);
  memory.view().writeUInt32LE(4, 4);
  check(`getsockopt(${name})`, c.get(fd, level, option, memory.address, memory.address + 4));
  return memory.view().readInt32LE(0);
}

/** Sets an option whose value is a struct or a name. @returns 0, or a negative errno: many kernels lack many options */
export function setStruct(fd: number, level: number, option: number, value: Buffer): number {
  using memory = Mapping.anonymous(value.length);
  memory.view().set(value);
  return moved(c.set(fd, level, option, memory.address, value.length));
}

/** Reads an option whose value is a struct of at most `bytes`. @returns what the kernel filled in @throws {SyscallError} */
export function getStruct(fd: number, level: number, option: number, bytes: number): Buffer {
  using memory = Mapping.anonymous(bytes + 4);
  const view = memory.view();
  view.writeUInt32LE(bytes, bytes);
  check('getsockopt', c.get(fd, level, option, memory.address, memory.address + bytes));
  return Buffer.from(view.subarray(0, view.readUInt32LE(bytes)));
}

const SO_RCVTIMEO = 20;
const SO_SNDTIMEO = 21;

/** Bounds every later blocking wait on this socket: SO_RCVTIMEO and SO_SNDTIMEO, struct timeval. EAGAIN when it passes. */
export function setTimeouts(fd: number, milliseconds: number): void {
  using memory = Mapping.anonymous(16);
  const view = memory.view();
  view.writeBigInt64LE(BigInt(Math.floor(milliseconds / 1000)), 0);
  view.writeBigInt64LE(BigInt((milliseconds % 1000) * 1000), 8);
  check('setsockopt(SO_RCVTIMEO)', c.set(fd, SOL_SOCKET, SO_RCVTIMEO, memory.address, 16));
  check('setsockopt(SO_SNDTIMEO)', c.set(fd, SOL_SOCKET, SO_SNDTIMEO, memory.address, 16));
}

const TCP_CONGESTION = 13;

/**
 * Chooses the congestion control of one TCP socket. An unprivileged process may choose among
 * net.ipv4.tcp_allowed_congestion_control. @returns false when this one is not allowed or not there
 */
export function setCongestionControl(fd: number, name: string): boolean {
  using memory = Mapping.anonymous(16);
  const length = memory.view().write(name);
  const result = moved(c.set(fd, IPPROTO_TCP, TCP_CONGESTION, memory.address, length));
  if (result === -ENOENT || result === -EPERM) return false;
  if (result < 0) throw refusal('setsockopt(TCP_CONGESTION)', -result);
  return true;
}

/** Congestion control of a TCP socket by name. */
export function congestionControl(fd: number): string {
  using memory = Mapping.anonymous(20);
  const view = memory.view();
  view.writeUInt32LE(16, 16);
  check('getsockopt(TCP_CONGESTION)', c.get(fd, IPPROTO_TCP, TCP_CONGESTION, memory.address, memory.address + 16));
  return view.toString('latin1', 0, 16).replace(/\0.*$/s, '');
}

/** SIOCOUTQ, tcp(7) and unix(7). */
const SIOCOUTQ = 0x5411;

/** Bytes in the send queue that the peer has not acknowledged (TCP) or not read (AF_UNIX). */
export function sendQueueBytes(fd: number): number {
  using memory = Mapping.anonymous(4);
  check('ioctl(SIOCOUTQ)', c.ioctl(fd, SIOCOUTQ, memory.address));
  return memory.view().readInt32LE(0);
}

/** FIONREAD, tcp(7) and unix(7). */
const FIONREAD = 0x541b;

/** Bytes that have arrived and that nobody has read. */
export function receiveQueueBytes(fd: number): number {
  using memory = Mapping.anonymous(4);
  check('ioctl(FIONREAD)', c.ioctl(fd, FIONREAD, memory.address));
  return memory.view().readInt32LE(0);
}

/** SIOCETHTOOL and the commands of include/uapi/linux/ethtool.h that ask one switch; the next number sets it. */
const SIOCETHTOOL = 0x8946;
const ethtool = { checksumOffload: 0x16, scatterGather: 0x18, segmentationOffload: 0x1e } as const;

export type Offload = keyof typeof ethtool;

/** Whether a network device has an offload on; null where the device does not say. @param fd any socket */
export function offload(fd: number, device: string, which: Offload): boolean | null {
  using memory = ethtoolRequest(device, ethtool[which]);
  return moved(c.ioctl(fd, SIOCETHTOOL, memory.address)) < 0 ? null : memory.view().readUInt32LE(52) !== 0;
}

/** Turns an offload of a network device on or off; root of its network namespace. @param fd any socket */
export function setOffload(fd: number, device: string, which: Offload, on: boolean): void {
  using memory = ethtoolRequest(device, ethtool[which] + 1);
  memory.view().writeUInt32LE(on ? 1 : 0, 52);
  check(`ioctl(SIOCETHTOOL, ${which})`, c.ioctl(fd, SIOCETHTOOL, memory.address), `on ${device}`);
}

/** struct ifreq with the device's name, whose data is the struct ethtool_value behind it. */
function ethtoolRequest(device: string, command: number): Mapping {
  const memory = Mapping.anonymous(64);
  const view = memory.view();
  view.write(device, 0, 15, 'latin1');
  view.writeBigUInt64LE(BigInt(memory.address + 48), 16);
  view.writeUInt32LE(command, 48);
  return memory;
}
