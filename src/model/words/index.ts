/** All English that results, warnings and reports speak: one file a kind. */
export * from './answers/index.ts';
export * from './cannot-run.ts';
export * from './claims.ts';
export * from './conclusion.ts';
export * from './crossings.ts';
export * from './factors.ts';
export * from './findings.ts';
export * from './headline.ts';
export * from './inspect.ts';
export * from './marks.ts';
export * from './needs.ts';
export * from './proof.ts';
export * from './quantities.ts';
export * from './tls.ts';
export * from './units.ts';
export * from './warnings.ts';
