/** The C side compiles, and both sides find the right answers at toy size. Nothing is timed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withSession } from '#measure/session.ts';
import { buildLoops, compiler } from './build.ts';
import { type Cell, cells, searchedSizes } from './cells.ts';
import { openSides, type Sides } from './sides.ts';
import { makeSourceFiles, type SourceFiles } from './source-files.ts';

const reason =
  process.platform !== 'linux'
    ? 'not Linux'
    : compiler() === null
      ? "no C compiler: 'apt-get install -y gcc libc6-dev'"
      : null;
if (reason !== null) process.stderr.write(`test/instrument is skipped: ${reason}\n`);

describe.skipIf(reason !== null)('both sides', () => {
  const TRANSFER_BYTES = 2 ** 20;
  const work = mkdtempSync(join(tmpdir(), 'zc instrument '));
  let sides: Sides;
  let files: SourceFiles;
  let finish: () => void = () => {};
  let session: Promise<void>;

  beforeAll(async () => {
    const request = { mode: 'quick', rounds: 1, bytes: null, receiver: 'copy', seed: 1 } as const;
    const signal = new AbortController().signal;
    const options = { request, labFile: '', work, diskBytes: 2 * TRANSFER_BYTES, progress: () => {}, signal };
    await new Promise<void>((ready, broke) => {
      session = withSession(options, async (one) => {
        files = makeSourceFiles(one.folder, TRANSFER_BYTES, searchedSizes, 1);
        sides = await openSides(one, buildLoops(one.folder), files);
        ready();
        await new Promise<void>((done) => {
          finish = done;
        });
        sides.end();
      });
      session.catch(broke);
    });
  });

  afterAll(async () => {
    finish();
    await session;
    rmSync(work, { recursive: true });
  });

  it.each(cells.map((cell) => ({ ...cell, name: `${cell.family} at ${cell.bytes} bytes` })))('$name', async (cell) => {
    const operations = cell.transfers ? TRANSFER_BYTES / cell.bytes : 7;
    const c = await sides.run(cell, 'c', operations, true);
    const ours = await sides.run(cell, 'ours', operations, true);
    const hash = cell.transfers ? files.transfer.sha256 : null;
    expect(c).toMatchObject({ answer: ours.answer, hash });
    expect(ours.hash).toBe(hash);
  });

  it('begin the file again when a sample is longer', async () => {
    const [cell] = cells as [Cell];
    for (const side of ['c', 'ours'] as const) {
      const operations = (3 * TRANSFER_BYTES) / cell.bytes + 1;
      expect(await sides.run(cell, side, operations)).toMatchObject({ answer: operations * cell.bytes });
    }
  });

  it.each(['c', 'ours'] as const)('are not trusted when they made other calls than expected: %s', async (side) => {
    const wrong = { ...(cells.find(({ family }) => family === 'open-read-close') as Cell), callsPerOperation: 2 };
    await expect(sides.run(wrong, side, 7)).rejects.toThrow(
      `Cannot trust open-read-close at 4096 bytes on side '${side}': expected {"calls":14`,
    );
  });
});
