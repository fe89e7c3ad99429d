import { ExternalLink } from "lucide-react";
import { CopyableId } from "#components/ui/copyable-id";
import { env } from "#lib/env";

const places = {
  account: "connect/accounts",
  customer: "customers",
  subscription: "subscriptions",
  invoice: "invoices",
  product: "products",
  event: "events",
  dispute: "disputes",
  payout: "payouts",
  transfer: "connect/transfers",
} as const;

/** An id of Stripe's, to copy; on the real Stripe also the way to its page in the dashboard. */
export function StripeId({ id, of }: { id: string; of: keyof typeof places }) {
  const { STRIPE_API_BASE, STRIPE_SECRET_KEY } = env();
  if (STRIPE_API_BASE) return <CopyableId id={id} />;
  const mode = STRIPE_SECRET_KEY.includes("_live_") ? "" : "test/";
  return (
    <span className="inline-flex items-center">
      <CopyableId id={id} />
      <a
        href={`https://dashboard.stripe.com/${mode}${places[of]}/${id}`}
        target="_blank"
        rel="noreferrer"
        aria-label={`Open ${id} in Stripe's dashboard`}
        className="relative z-1 grid size-6 place-items-center rounded-sm text-muted hover:bg-default hover:text-foreground"
      >
        <ExternalLink aria-hidden className="size-3" />
      </a>
    </span>
  );
}
