/** What two results have different: the machines and settings, and the answers. */
export * from './answers.ts';
export * from './environment.ts';
