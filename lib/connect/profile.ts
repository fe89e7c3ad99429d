/** How a platform's connected accounts are set up. */
export type Profile = {
  /** What the tenant sees at Stripe. */
  readonly dashboard: "full" | "express" | "none";
  readonly feesCollector: "stripe" | "application";
  readonly lossesCollector: "stripe" | "application";
  /** Who asks the tenant for what Stripe must know. */
  readonly requirementsCollector: "stripe" | "application";
  /** What it is set up for: a merchant is paid directly, a recipient is sent money by us. */
  readonly configurations: readonly ("merchant" | "recipient")[];
  /** How payments may be made, the usual way first. */
  readonly charges: readonly ChargeKind[];
};
export type ChargeKind = "direct" | "destination" | "separate";

/**
 * The profiles Stripe allows, one of which a platform chooses (`CONNECT_PROFILE`): an account keeps
 * the one it was made with. https://docs.stripe.com/connect/accounts-v2/connected-account-configuration
 */
export const profiles = {
  saas: {
    ...{ dashboard: "full", feesCollector: "stripe", lossesCollector: "stripe" },
    ...{ requirementsCollector: "stripe", configurations: ["merchant"] },
    charges: ["direct"],
  },
  marketplace: {
    ...{ dashboard: "express", feesCollector: "application", lossesCollector: "application" },
    ...{ requirementsCollector: "stripe", configurations: ["recipient"] },
    charges: ["destination", "separate"],
  },
  white_label: {
    ...{ dashboard: "none", feesCollector: "application", lossesCollector: "application" },
    ...{ requirementsCollector: "application", configurations: ["merchant", "recipient"] },
    charges: ["direct", "destination", "separate"],
  },
} as const satisfies Record<string, Profile>;

export type ProfileName = keyof typeof profiles;
export const profileNames = Object.keys(profiles) as [ProfileName, ...ProfileName[]];
