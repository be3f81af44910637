/** What the kernel knows of a TCP socket: getsockopt(2) with TCP_INFO, tcp(7); struct tcp_info of include/uapi/linux/tcp.h. */
import { CannotRunHere } from '../cannot-run.ts';
import { getStruct } from './socket-options.ts';

const IPPROTO_TCP = 6;
const TCP_INFO = 11;
/** Ours ends behind tcpi_data_segs_out. */
const INFO_BYTES = 160;

export interface TcpInfo {
  /** Payload bytes that one segment can carry. */
  readonly segmentBytes: number;
  /** Segments with payload that were sent; one that was sent again counts again. */
  readonly dataSegments: number;
  /** Segments that were sent again. */
  readonly sentAgain: number;
  /** Bytes that are queued and were not sent yet. */
  readonly unsentBytes: number;
}

/** Segments and queue of a TCP socket. @throws {CannotRunHere} before Linux 4.6 */
export function tcpInfo(fd: number): TcpInfo {
  const info = getStruct(fd, IPPROTO_TCP, TCP_INFO, INFO_BYTES);
  if (info.length < INFO_BYTES)
    throw new CannotRunHere('no-kernel-feature', { call: 'TCP_INFO', errno: 'a shorter answer', since: '4.6' });
  return {
    segmentBytes: info.readUInt32LE(16),
    sentAgain: info.readUInt32LE(100),
    unsentBytes: info.readUInt32LE(144),
    dataSegments: info.readUInt32LE(156),
  };
}
