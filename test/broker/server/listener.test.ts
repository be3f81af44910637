import { describe, expect, it } from 'vitest';
import { prepare } from '#broker/server/listener.ts';
import { accept, congestionControl, connect, getOption, listen } from '#libc';

describe('prepare()', () => {
  it('sets options that every accepted socket inherits', () => {
    const { socket, address } = listen({ family: 'inet', port: 0 });
    using listener = socket;
    prepare(listener.fd, { port: 0, sendBufferBytes: 50_000, congestionControl: 'reno' });
    using _client = connect(address);
    using accepted = accept(listener.fd);
    expect(getOption(accepted.fd, 'TCP_NODELAY')).toBe(1);
    // The kernel doubles it for its own book-keeping (socket(7)).
    expect(getOption(accepted.fd, 'SO_SNDBUF')).toBe(100_000);
    expect(congestionControl(accepted.fd)).toBe('reno');
  });
});
