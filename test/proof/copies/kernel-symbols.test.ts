import { describe, expect, it } from 'vitest';
import { CannotRunHere } from '#machine/cannot-run.ts';
import { KernelSymbols } from '#proof/copies/kernel-symbols.ts';

const text = `0000000000000000 A fixed_percpu_data
ffffffff81000000 T _text
ffffffff81000100 t helper
ffffffff81000200 T _copy_to_iter
ffffffff81000300 t tcp_sendmsg.part.0
ffffffff81000380 D some_data
ffffffff81000400 W weak_one
ffffffff81000900 t helper
ffffffffc0000100 t tls_sw_sendmsg\t[tls]
ffffffffc0000040 T veth_xmit\t[veth]`;

describe('KernelSymbols', () => {
  const symbols = new KernelSymbols(Buffer.from(text));

  it.each([
    ['_copy_to_iter', 0xffffffff81000200n],
    ['helper', 0xffffffff81000100n],
    ['tls_sw_sendmsg', 0xffffffffc0000100n],
    ['veth_xmit', 0xffffffffc0000040n],
  ])('finds %s', (name, address) => {
    expect(symbols.address(name)).toBe(address);
  });

  it.each(['_copy_to_ite', 'copy_to_iter', 'some_data', 'tcp_sendmsg', 'nothing', 'T'])(
    'has no function %s',
    (name) => {
      expect(symbols.address(name)).toBeNull();
    },
  );

  it.each([
    [0xffff81000200, '_copy_to_iter'],
    [0xffff810002ff, '_copy_to_iter'],
    [0xffff81000345, 'tcp_sendmsg'],
    [0xffffc0000050, 'veth_xmit'],
    [0xffffc0000abc, 'tls_sw_sendmsg'],
    [0x10, '0x10'],
  ])('names the function at %s', (address, name) => {
    expect(symbols.nameAt(address)).toBe(name);
  });

  it('says that it cannot run where the kernel hides its addresses', () => {
    const hidden = text.replace(/^[0-9a-f]{16}/gm, '0000000000000000');
    expect(() => new KernelSymbols(Buffer.from(hidden))).toThrow(CannotRunHere);
  });
});
