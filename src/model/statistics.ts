/** Everything that is said about a time result is derived here, from the raw samples, wherever it is shown. Pure. */
export * from './statistics/compare.ts';
export * from './statistics/copies.ts';
export * from './statistics/crossover.ts';
export * from './statistics/encryptions.ts';
export * from './statistics/estimate.ts';
export * from './statistics/growth.ts';
export * from './statistics/health.ts';
export * from './statistics/leading.ts';
export * from './statistics/measure.ts';
export * from './statistics/noisiest.ts';
export * from './statistics/others.ts';
export * from './statistics/percentile.ts';
export * from './statistics/quartiles.ts';
export * from './statistics/ratios.ts';
export * from './statistics/sending-cost.ts';
export * from './statistics/series.ts';
export * from './statistics/signed-rank.ts';
