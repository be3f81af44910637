import { type Address, type Descriptor, listen, type Offload, setCongestionControl, setOption } from '#libc';
import { FarNetwork } from '#machine/networks.ts';
import { bringUp, cable, layCable } from '#machine/veth.ts';

/** Offloads of the sending device that are off, by link. */
export type Wires = Readonly<Record<string, readonly Offload[]>>;

/** A cable to a listener in another network, both of this process. */
export interface Wire {
  /** The sending device. */
  readonly device: string;
  readonly listener: Descriptor;
  readonly address: Address;
}

/** One each a process: they stay until it ends, and go with it. */
const laid = new Map<string, Wire>();
let far: FarNetwork | undefined;

/**
 * The wire of this name, laid when it is first asked for.
 * @throws {CannotRunHere} without iproute2, or without the right to make devices
 */
export function wireBetween(name: string, wires: Wires): Wire {
  const known = laid.get(name);
  if (known) return known;
  const switchedOff = wires[name];
  if (!switchedOff)
    throw new RangeError(`Cannot lay a wire '${name}': expected one of ${Object.keys(wires).join(', ')}`);
  far ??= new FarNetwork();
  const ends = cable(Object.keys(wires).indexOf(name));
  layCable(ends, far.path, switchedOff);
  const { socket, address } = far.within(() => {
    bringUp(ends.there);
    return listenAt(ends.there.host);
  });
  const wire = { device: ends.here.device, listener: socket, address };
  laid.set(name, wire);
  return wire;
}

/** What is accepted has the listener's options. */
function listenAt(host: string) {
  const listening = listen({ family: 'inet', port: 0, host });
  setOption(listening.socket.fd, 'TCP_NODELAY', 1);
  setCongestionControl(listening.socket.fd, 'reno');
  return listening;
}
