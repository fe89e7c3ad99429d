import type { Lifecycle } from "#lib/lifecycle";

export type VersionStatus = "draft" | "publishing" | "published" | "retired";
export type VersionEvent = "publish" | "finish" | "retire";

/** A published version never changes. Subscribers stay on theirs, also after it is retired. */
export const versionLifecycle = {
  draft: { publish: "publishing" },
  publishing: { finish: "published" },
  published: { retire: "retired" },
  retired: {},
} as const satisfies Lifecycle<VersionStatus, VersionEvent>;

/** The name of a price at Stripe. It says what the price is, so a second run finds it. */
export function lookupKeyOf(price: {
  plan: string;
  version: number;
  component: string;
  currency: string;
  interval: string;
}): string {
  const { plan, version, component, currency, interval } = price;
  return `${plan}@${version}/${component}/${currency}/${interval}`;
}
