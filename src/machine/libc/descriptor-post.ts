/** Descriptors in a message: SCM_RIGHTS over AF_UNIX, unix(7), sendmsg(2), cmsg(3). */
import { moved, SyscallError } from './errno.ts';
import { bind } from './load.ts';
import { Mapping } from './memory.ts';

type Message = (fd: number, message: number, flags: number) => number;
const sendmsg = bind<Message>('sendmsg', 'ssize', ['int', 'pointer', 'int']);
const recvmsg = bind<Message>('recvmsg', 'ssize', ['int', 'pointer', 'int']);

const SOL_SOCKET = 1;
const SCM_RIGHTS = 1;
const MSG_CMSG_CLOEXEC = 0x40000000;

/** Where each part lies: struct msghdr, one struct iovec, a byte of data (there must be one), one struct cmsghdr. */
const AT = { message: 0, vector: 56, data: 72, control: 80 };
const CONTROL_BYTES = 24;
const CONTROL_USED = 20;

/** Sends and receives one descriptor a message. All memory is made with it. Use with `using`. */
export class DescriptorPost implements Disposable {
  readonly #memory = Mapping.anonymous(AT.control + CONTROL_BYTES);
  readonly #view = this.#memory.view();

  constructor() {
    const at = (offset: number) => BigInt(this.#memory.address + offset);
    this.#view.writeBigUInt64LE(at(AT.vector), AT.message + 16);
    this.#view.writeBigUInt64LE(1n, AT.message + 24);
    this.#view.writeBigUInt64LE(at(AT.control), AT.message + 32);
    this.#view.writeBigUInt64LE(at(AT.data), AT.vector);
    this.#view.writeBigUInt64LE(1n, AT.vector + 8);
  }

  /** Sends a descriptor: the receiver gets another number for the same open file. @throws {SyscallError} */
  send(socket: number, fd: number): void {
    this.#view.writeUInt32LE(CONTROL_BYTES, AT.message + 40);
    this.#view.writeUInt32LE(CONTROL_USED, AT.control);
    this.#view.writeInt32LE(SOL_SOCKET, AT.control + 8);
    this.#view.writeInt32LE(SCM_RIGHTS, AT.control + 12);
    this.#view.writeInt32LE(fd, AT.control + 16);
    const result = moved(sendmsg(socket, this.#memory.address, 0));
    if (result < 0) throw new SyscallError('sendmsg(SCM_RIGHTS)', -result);
  }

  /** Takes the next descriptor; who calls must close it. @throws {Error} when the message brought none */
  receive(socket: number): number {
    this.#view.writeUInt32LE(CONTROL_BYTES, AT.message + 40);
    this.#view.writeUInt32LE(0, AT.control);
    const result = moved(recvmsg(socket, this.#memory.address, MSG_CMSG_CLOEXEC));
    if (result < 0) throw new SyscallError('recvmsg', -result);
    if (result === 0 || this.#view.readUInt32LE(AT.control) !== CONTROL_USED)
      throw new Error('Cannot take a descriptor: the message brought none');
    return this.#view.readInt32LE(AT.control + 16);
  }

  [Symbol.dispose](): void {
    this.#memory[Symbol.dispose]();
  }
}
