import type { Actor } from '../paths/index.ts';

/**
 * The three meanings that have a mark everywhere: on the site, in figures and in the terminal. Colour only repeats
 * them.
 */
export const marks: Readonly<Record<Actor, { readonly mark: string; readonly ascii: string; readonly title: string }>> =
  {
    cpu: { mark: '●', ascii: '*', title: 'CPU copy' },
    dma: { mark: '◆', ascii: '#', title: 'DMA' },
    reference: { mark: '○', ascii: 'o', title: 'page reference' },
  };
