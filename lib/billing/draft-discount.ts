import { cancelOffers, offerAgainAfterDays } from "#lib/billing/cancel-offers";
import type { ChangeInput, DiscountInput } from "#lib/billing/change-input";
import {
  intervalOf,
  periodEndOf,
  requireChangeable,
  type Standing,
} from "#lib/billing/change-standing";
import { discountLeft, endAfter } from "#lib/billing/discount";
import type { ChangeDraft } from "#lib/billing/draft-change";
import { draftPause } from "#lib/billing/draft-stop";
import { findCode, readBuyer } from "#lib/billing/find-code";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { Discounting } from "#lib/stripe/gateway-subscriptions";
import type { TenantContext } from "#lib/tenancy/context";

type Words = { code: string | null; words: string | null; isOffer: boolean };

/** A promotion code on a plan that runs, from the next invoice on; null takes it away. */
export async function draftDiscount(
  ctx: TenantContext,
  standing: Standing,
  { code }: DiscountInput,
  at: Date,
  gateway: StripeGateway,
): Promise<ChangeDraft> {
  requireChangeable(standing, "discount");
  if (code === null) {
    if (!standing.live.hasDiscount)
      throw new Refusal("conflict", "There is no discount to remove.");
    return draftOf(standing, null, { code, words: null, isOffer: false });
  }
  const { live } = standing;
  const buyer = await view(ctx, (tx) => readBuyer(tx, ctx.tenantId));
  const use = { ...buyer, currency: live.currency, now: ctx.now() };
  const promotion = await findCode(gateway, code, use);
  const words = { code: promotion.code, words: promotion.words, isOffer: false };
  const draft = draftOf(standing, { promotionCode: promotion.id }, words);
  const given = { ...promotion, endsAt: endAfter(at, promotion.months) };
  const cycle = { now: at, nextInvoiceAt: periodEndOf(live), interval: intervalOf(live) };
  return { ...draft, discounts: [discountLeft(given, cycle)] };
}

/** Taking what is offered to who is about to leave. */
export async function draftOffer(
  ctx: TenantContext,
  standing: Standing,
  { reason }: Extract<ChangeInput, { kind: "offer" }>,
  _at: Date,
  gateway: StripeGateway,
): Promise<ChangeDraft> {
  const offer = cancelOffers[reason];
  if (!offer)
    throw new Refusal("invalid", "There is no offer for this reason.", { field: "reason" });
  if (offer.kind === "pause") {
    const draft = await draftPause(ctx, standing, { kind: "pause", months: offer.months });
    return { ...draft, reason };
  }
  requireChangeable(standing, "discount");
  if (!(await mayBeOffered(ctx))) {
    throw new Refusal("conflict", "This offer was taken within the last year already.");
  }
  await gateway.ensureCoupon(offer);
  const words = { code: null, words: offer.name, isOffer: true };
  return { ...draftOf(standing, { coupon: offer.couponId }, words), reason };
}

/** True where no coupon was given to keep this tenant for long enough. */
export function mayBeOffered(ctx: TenantContext): Promise<boolean> {
  const since = new Date(ctx.now().getTime() - offerAgainAfterDays * 86_400_000);
  return view(ctx, async (tx) => {
    const taken = await tx.subscriptionChange.count({
      where: {
        ...{ tenantId: ctx.tenantId, kind: "discount", createdAt: { gt: since } },
        status: { in: ["requested", "applied"] },
        choice: { path: ["isOffer"], equals: true },
      },
    });
    return taken === 0;
  });
}

function draftOf(standing: Standing, discount: Discounting, words: Words): ChangeDraft {
  const { id: subscriptionId } = standing.live;
  return {
    ...{ kind: "discount", choice: { kind: "discount", ...words }, isExact: true },
    effectiveAt: null,
    request: { call: "discount", discount, releases: null },
    questions: { now: null, next: { kind: "discount", subscriptionId, discount } },
  };
}
