import type { LocalState } from "#scripts/local-state";

export type Variables = Record<string, string | undefined>;

/** A setup as the doctor sees it. */
export type Setup = {
  /** What the environment says, blanks left out. */
  given: Variables;
  /** The same with what `npm start` fills in for itself. */
  effective: Variables;
  dataFolder: string;
  /** What an earlier start kept, if there was one. */
  state: LocalState | undefined;
};

/** What a check found. A fault always says what mends it. */
export type Outcome =
  | { state: "fine" | "skipped"; found: string }
  | { state: "fault"; found: string; mend: string };

/** One thing a setup needs. Checks never throw for a fault: they find it. */
export type Check = { name: string; run: (setup: Setup) => Outcome[] | Promise<Outcome[]> };

export const fine = (found: string): Outcome => ({ state: "fine", found });
export const skipped = (found: string): Outcome => ({ state: "skipped", found });
export const fault = (found: string, mend: string): Outcome => ({ state: "fault", found, mend });

export function hasRealDatabase({ given }: Setup): boolean {
  return given.DATABASE_URL !== undefined;
}

export function hasRealStripe({ given }: Setup): boolean {
  return given.STRIPE_SECRET_KEY !== undefined;
}

/** True where only this machine can open the address, so that Stripe cannot. */
export function isLocalAddress({ effective }: Setup): boolean {
  return /\/\/(localhost|127\.|\[::1\])/.test(effective.LOCKSTEP_URL ?? "");
}

export function isLive({ given }: Setup): boolean {
  return given.STRIPE_SECRET_KEY?.includes("_live_") ?? false;
}
