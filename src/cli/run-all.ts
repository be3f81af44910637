/** The order of `./zc run --all`: each lab alone on the machine, and at the end those together that nobody beside them can change. */

/** How labs are run, and who hears what came of one. */
export interface Ways<T> {
  /** Whether nothing else on the machine can change what a lab finds. */
  unmoved(lab: T): boolean;
  /** Runs it on this machine. @param beside whether others run at the same time */
  here(lab: T, beside: boolean): Promise<void>;
  /** Runs it in a guest, which is a machine of its own: several run at once. */
  guest(lab: T): Promise<void>;
  /** Whether the guest can answer what could not run here. */
  guestAnswers(lab: T, error: unknown): boolean;
  /** Told of each lab that gave no result. */
  failed(lab: T, error: unknown): void;
  /** Runs the labs that run side by side while the machine is held for all of them. */
  together(run: () => Promise<void>): Promise<void>;
}

/**
 * Runs every lab once. A lab that breaks loses nothing of the others.
 * @param signal ends it after the labs that are running
 */
export async function runAll<T>(labs: readonly T[], ways: Ways<T>, signal: AbortSignal): Promise<void> {
  const inGuest: T[] = [];
  const inTurn = async (some: readonly T[], run: (one: T) => Promise<void>) => {
    for (const one of some) {
      if (signal.aborted) return;
      await run(one).catch((error: unknown) => ways.failed(one, error));
    }
  };
  await inTurn(
    labs.filter((one) => !ways.unmoved(one)),
    async (one) => {
      await ways.here(one, false).catch((error: unknown) => {
        if (!ways.guestAnswers(one, error)) throw error;
        inGuest.push(one);
      });
    },
  );
  const beside = labs.filter((one) => ways.unmoved(one));
  const [first] = [...beside, ...inGuest];
  if (signal.aborted || first === undefined) return;
  const allLanes = async () => {
    const guests = inGuest.map((one) => inTurn([one], (lab) => ways.guest(lab)));
    await Promise.all([inTurn(beside, (one) => ways.here(one, true)), ...guests]);
  };
  await ways.together(allLanes).catch((error: unknown) => ways.failed(first, error));
}
