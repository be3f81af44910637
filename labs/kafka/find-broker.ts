/** The process of a broker, from its address: only where it runs here does its CPU time say anything. */
import { networkInterfaces } from 'node:os';
import { fact } from '#machine/facts.ts';
import { listenerOf } from '#machine/ports.ts';
import type { Warning } from '#model/result.ts';
import { warning } from '#model/words/warnings.ts';
import type { Place } from './client/connection.ts';

/** @param place an address of IPv4 @returns why it is not weighed, where it is not */
export function findBroker({ host, port }: Place): { readonly pid: number } | { readonly unseen: Warning } {
  const own = Object.values(networkInterfaces()).flatMap((one) => one?.map(({ address }) => address) ?? []);
  if (!host.startsWith('127.') && !own.includes(host))
    return { unseen: warning('broker-unseen', { why: 'elsewhere' }) };
  const pid = listenerOf(port);
  if (pid === null) return { unseen: warning('broker-unseen', { why: 'no-process' }) };
  const program = fact(`/proc/${pid}/comm`) ?? '';
  // A container's port is listened on by a program that passes on what comes: docker-proxy, say.
  return program === 'java' ? { pid } : { unseen: warning('broker-unseen', { why: 'other-program', program }) };
}
