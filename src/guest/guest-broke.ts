/** The guest did not do what it was started for: exit code 1. */
export class GuestBroke extends Error {
  override name = 'GuestBroke';
}

/** The guest did not come to an end in the time allowed: exit code 124. */
export class GuestTimeout extends Error {
  override name = 'GuestTimeout';
}

/** The emulator ended well, and the guest had not come as far as its command: it was silent, or its kernel panicked. */
export class UnbootedGuest extends GuestBroke {}
