import { env } from "#lib/env";

/** Whether Stripe has agreed with the platform that its accounts may have cards and accounts. */
export function offersBanking(): boolean {
  const { CONNECT_BANKING: said, STRIPE_API_BASE: base } = env();
  return said ? said === "yes" : base !== undefined;
}
