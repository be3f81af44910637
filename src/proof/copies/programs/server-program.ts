import type { Certificate } from './certificate.ts';

/** Who encrypts: nobody, the program's own library, or the kernel for it. */
export type ProgramLink = 'tcp' | 'user-tls13' | 'tls13';

/** Where a server works. */
export interface ServerPlace {
  readonly link: ProgramLink;
  /** Port on 127.0.0.1 that it is to listen on. */
  readonly port: number;
  /** Folder that it serves. */
  readonly served: string;
  /** Empty folder of its own. */
  readonly folder: string;
  readonly certificate: Certificate;
}

/** A server of somebody else's that sends a file over HTTP. */
export interface ServerProgram {
  readonly program: string;
  readonly links: readonly ProgramLink[];
  /** Writes what it reads at its start, and says how to start it in the foreground, as one process. */
  configure(place: ServerPlace): { readonly args: readonly string[]; readonly env?: Readonly<Record<string, string>> };
}

/** The same everywhere, so that records compare: AES-128-GCM, which every kernel with TLS has. */
export const cipherSuite = 'TLS_AES_128_GCM_SHA256';
