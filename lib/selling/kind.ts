import { type Profile, type ProfileName, profiles } from "#lib/connect/profile";

/** How money comes to a tenant; `lib/connect/profile.ts` says which its account allows. */
export const chargeKinds = ["direct", "destination", "separate"] as const;
export type ChargeKind = (typeof chargeKinds)[number];

/** How accounts of a profile sell, the usual way first. */
export function kindsOf(profile: string): readonly ChargeKind[] {
  const { charges }: Profile = profiles[profile as ProfileName];
  return charges;
}
