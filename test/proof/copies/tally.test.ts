import { describe, expect, it } from 'vitest';
import type { Hit, Watched } from '#proof/copies/counter.ts';
import { crossCheck, tally } from '#proof/copies/tally.ts';

const SENDER = 10;
const RECEIVER = 20;
const watched: Watched = { functions: [], missing: [], primitive: 'rep_movs_alternative' };

function hit(what: Hit['what'], name: string, stack: string, bytes: number, pid = SENDER): Hit {
  return { what, function: name, stack: stack.split(' '), bytes, times: 1, pid };
}

const reading = hit('copy', '_copy_to_iter', 'copy_page_to_iter filemap_read vfs_read do_syscall_64', 4096);
const sending = hit('copy', '_copy_from_iter', 'tcp_sendmsg_locked tcp_sendmsg', 4096);
const receiving = hit('copy', '_copy_to_iter', 'skb_copy_datagram_iter tcp_recvmsg_locked', 8192, RECEIVER);
const segmenting = hit('copy', 'skb_copy_bits', 'skb_segment tcp_gso_segment __do_softirq', 1000, 99);
const below = (one: Hit): Hit => ({
  ...one,
  what: 'primitive',
  function: 'rep_movs_alternative',
  stack: [one.function, ...one.stack],
});

describe('tally()', () => {
  const hits = [reading, reading, sending, sending, receiving, segmenting];
  const counted = tally([...hits, ...hits.slice(0, 5).map(below)], watched, SENDER, RECEIVER);

  it('adds up by place, over both processes and the soft interrupts', () => {
    expect(counted.copiedBytes).toEqual({
      fileToUser: 8192,
      userToKernel: 8192,
      inKernel: 1000,
      kernelToReceiver: 8192,
      other: 0,
    });
    expect(counted.copiedTotal).toBe(3 * 8192 + 1000);
    expect(counted.copiedBy).toEqual({ sender: 16_384, receiver: 8192, others: 1000 });
  });

  it('keeps the sites, the largest first, without the way into the kernel', () => {
    expect(counted.sites).toHaveLength(4);
    expect(counted.sites.find(({ place }) => place === 'fileToUser')).toEqual({
      what: 'copy',
      place: 'fileToUser',
      function: '_copy_to_iter',
      stack: ['copy_page_to_iter', 'filemap_read', 'vfs_read'],
      bytes: 8192,
      hits: 2,
    });
    expect(counted.sites.at(-1)?.bytes).toBe(1000);
  });

  it('leaves out what another process copies, and says how much that was', () => {
    const stranger = { ...receiving, pid: 5 };
    const both = tally([receiving, stranger, below(receiving), below(stranger)], watched, SENDER, RECEIVER);
    expect(both).toMatchObject({ copiedTotal: 8192, bystanderBytes: 8192 });
  });

  it('finds an extra copy through a pipe, by place and size', () => {
    const through = [
      hit('copy', '_copy_from_iter', 'copy_page_from_iter pipe_write vfs_write', 4096),
      hit('copy', '_copy_to_iter', 'copy_page_to_iter pipe_read vfs_read', 4096),
    ];
    const { copiedBytes, sites } = tally([...through, ...through.map(below)], watched, SENDER, RECEIVER);
    expect(copiedBytes).toMatchObject({ other: 8192, fileToUser: 0, userToKernel: 0 });
    for (const end of ['pipe_write', 'pipe_read']) {
      expect(sites.filter(({ stack }) => stack.includes(end)).map(({ bytes }) => bytes)).toEqual([4096]);
    }
  });

  it('asks the primitive where a function is told the room there is, not the bytes', () => {
    const through = hit('copy', '_copy_from_iter', 'copy_page_from_iter pipe_write vfs_write', 4096);
    const counted = tally([through, { ...below(through), bytes: 20 }], watched, SENDER, RECEIVER);
    expect(counted).toMatchObject({ copiedTotal: 20, crossCheck: { state: 'agreed', watchedBytes: 0 } });
  });

  it('does not look for what is read into the kernel at the primitive', () => {
    const executing = hit('copy', '_copy_to_iter', 'copy_page_to_iter filemap_read __kernel_read load_elf_phdrs', 512);
    const counted = tally([executing, reading, below(reading)], watched, SENDER, RECEIVER);
    expect(counted).toMatchObject({ copiedTotal: 4096 + 512, crossCheck: { state: 'agreed', watchedBytes: 4096 } });
  });

  it('finds a copy into a file, which only the primitive sees', () => {
    const writing = hit('primitive', 'rep_movs_alternative', 'copy_page_from_iter_atomic generic_perform_write', 4096);
    const {
      copiedBytes,
      sites,
      crossCheck: check,
    } = tally([writing, reading, below(reading)], watched, SENDER, RECEIVER);
    expect(copiedBytes).toMatchObject({ other: 4096, fileToUser: 4096 });
    expect(sites.map(({ what, function: name }) => [what, name])).toContainEqual(['copy', 'rep_movs_alternative']);
    expect(check).toMatchObject({ state: 'agreed', watchedBytes: 4096, primitiveBytes: 4096 });
  });

  it('counts references, encryptions and decryptions apart from copies', () => {
    const counts = tally(
      [
        hit('reference', 'skb_splice_from_iter', 'tcp_sendmsg_locked', 4096),
        hit('encrypt', 'crypto_aead_encrypt', 'tls_push_record', 4000),
        hit('decrypt', 'crypto_aead_decrypt', 'tls_sw_recvmsg', 3000, RECEIVER),
      ],
      watched,
      SENDER,
      RECEIVER,
    );
    expect(counts).toMatchObject({
      copiedTotal: 0,
      referencedBytes: 4096,
      encryptedBytes: 4000,
      decryptedBytes: 3000,
      records: 1,
    });
  });
});

describe('crossCheck()', () => {
  it('agrees when the primitive saw the same bytes, whatever else it copied', () => {
    const elsewhere = hit('primitive', 'rep_movs_alternative', 'do_sys_poll __x64_sys_poll', 64);
    expect(crossCheck([reading, below(reading), elsewhere], watched)).toEqual({
      state: 'agreed',
      primitive: 'rep_movs_alternative',
      primitiveBytes: 4096,
      watchedBytes: 4096,
    });
  });

  it.each([
    ['half of them', [reading, reading, below(reading)]],
    ['more', [reading, below(reading), below(reading)]],
  ])('is an error when the primitive saw %s', (_, hits) => {
    expect(() => crossCheck(hits, watched)).toThrow('Cannot trust the count');
  });

  it('lets a thread of Node wake another one while the watches begin and end, and no more than that', () => {
    const waking = hit('copy', '_copy_to_iter', 'eventfd_read vfs_read', 8);
    for (const hits of [[waking], [below(waking)]]) expect(crossCheck(hits, watched).state).toBe('agreed');
    const page = { ...waking, bytes: 4096 };
    expect(() => crossCheck([below(page)], watched)).toThrow('Cannot trust the count');
    expect(crossCheck([page], watched).state).toBe('not-cross-checked');
  });

  it('is not made where there is no primitive, or where the CPU does without', () => {
    expect(crossCheck([reading], { ...watched, primitive: null })).toEqual({
      state: 'not-cross-checked',
      why: 'no-primitive',
    });
    expect(crossCheck([reading], watched)).toEqual({ state: 'not-cross-checked', why: 'inlined' });
  });
});
