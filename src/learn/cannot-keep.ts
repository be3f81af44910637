/** Something could not be kept, so nothing is done with it: exit code 1. */
export class CannotKeep extends Error {
  override name = 'CannotKeep';

  /** @param what a file in quotes, or what it is: `your progress` */
  constructor(what: string, cause: NodeJS.ErrnoException) {
    const remedy = cause.code === 'ENOSPC' ? 'Make room on the disk' : 'Look at the state folder';
    super(`Cannot keep ${what} (${cause.code ?? cause.message}). It is as it was. ${remedy}, and try again`, { cause });
  }
}
