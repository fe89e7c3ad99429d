import { getTranslations } from "next-intl/server";
import { PaymentFrame } from "#components/connect/payment-frame";
import { PayoutFrame } from "#components/connect/payout-frame";
import { Messages } from "#components/messages";
import { LinkButton } from "#components/ui/link-button";
import { connectKeys } from "#lib/connect/browser-keys";
import { getStatus } from "#lib/connect/get-status";
import { isOver } from "#lib/connect/status";
import type { TenantContext } from "#lib/tenancy/context";

/** In the address of a page: whether what Stripe shows of its object is open on it. */
export const stripeView = "stripe";

type Props = {
  ctx: TenantContext;
  what: "payment" | "payout";
  /** The charge or the payout in the workspace's own account. */
  id: string;
  /** The page without it. */
  place: string;
  isOpen: boolean;
};

/** A way to what Stripe itself shows of a payment or payout, and that where it is open. */
export async function AtStripe({ ctx, what, id, place, isOpen }: Props) {
  if (isOver(await getStatus(ctx))) return null;
  const t = await getTranslations("connect");
  const frame = { slug: ctx.tenantSlug, keys: connectKeys(), backHref: place };
  if (!isOpen) {
    return (
      <p>
        <LinkButton size="sm" variant="secondary" href={`${place}?show=${stripeView}`}>
          {t(what === "payment" ? "payments.details" : "payouts.details")}
        </LinkButton>
      </p>
    );
  }
  return (
    <Messages areas={["common", "connect"]}>
      {what === "payment" ? (
        <PaymentFrame {...frame} payment={id} />
      ) : (
        <PayoutFrame {...frame} payout={id} />
      )}
    </Messages>
  );
}
