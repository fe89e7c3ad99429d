import { z } from "zod";
import type { TenantPermission } from "#lib/tenancy/permissions";

/** What the platform can stop, each by itself. */
export const flows = ["payments", "payouts"] as const;
export type Flow = (typeof flows)[number];
export type Stops = { readonly payments: boolean; readonly payouts: boolean };

/** How a hold ended: by a person, by its day, by an appeal, or because its rule is met. */
export type HoldEnd = "released" | "expired" | "appealed" | "resolved";

/** What a role may do that a stopped flow takes away. Money can still be given back. */
export const withheld: Record<Flow, readonly TenantPermission[]> = {
  payments: ["payments:capture"],
  payouts: ["payouts:create", "payouts:update"],
};

/** True where what an account's holds stop takes a permission away from everybody. */
export function isWithheld(
  { paymentsHeld, payoutsHeld }: { paymentsHeld: boolean; payoutsHeld: boolean },
  permission: TenantPermission,
): boolean {
  const stopped = [
    ...(paymentsHeld ? withheld.payments : []),
    ...(payoutsHeld ? withheld.payouts : []),
  ];
  return stopped.includes(permission);
}

/** What several holds stop together. */
export function stopsOf(holds: readonly Stops[]): Stops {
  return {
    payments: holds.some(({ payments }) => payments),
    payouts: holds.some(({ payouts }) => payouts),
  };
}

/** What is stopped, in words: "payments and payouts". */
export function wordsOfStops({ payments, payouts }: Stops): string {
  return [payments && "payments", payouts && "payouts"].filter(Boolean).join(" and ");
}

const words = (what: string, example: string) =>
  z
    .string()
    .trim()
    .min(10, `Say ${what} in a sentence; the other side reads it.`)
    .max(1_000, "Say it in 1,000 characters.")
    .meta({ examples: [example] });

export const holdInput = z
  .object({
    payments: z.boolean().describe("Stop new payments."),
    payouts: z.boolean().describe("Stop payouts."),
    reason: words("why", "Goods of last week were not sent.").describe("Shown to the workspace."),
    until: z.coerce.date().nullable().optional().describe("When it ends by itself."),
  })
  .refine(({ payments, payouts }) => payments || payouts, {
    path: ["payments"],
    message: "Choose what to stop: payments, payouts, or both.",
  });
export type HoldInput = z.output<typeof holdInput>;

export const releaseInput = z.object({ note: words("what changed", "Every parcel was found.") });
export const appealInput = z.object({
  text: words("why it should be released", "Every parcel was sent on Monday."),
});
export const decideInput = z.object({
  decision: z.enum(["granted", "upheld"]),
  answer: words("why", "Every parcel was found."),
});
