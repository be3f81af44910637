import type { Explainer } from './situation.ts';

/** Encryption reads and writes every byte, whichever way it came; a program that encrypts itself must have it first. */
export const tls: Explainer = ({ series }) => {
  const link = String(series.factors.link ?? series.factors.tls ?? '');
  if (!link.includes('tls')) return null;
  return link.startsWith('user-')
    ? { code: 'tls-program', weight: 0.97, args: {} }
    : { code: 'tls-kernel', weight: 0.8, args: {} };
};
