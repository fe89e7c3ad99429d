import { getLocale, getTranslations } from "next-intl/server";
import { ConfirmChange } from "#components/changes/confirm-change";
import { formatAmount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { type CancelReason, cancelOffers } from "#lib/billing/cancel-offers";
import { previewChange } from "#lib/billing/preview-change";
import { seenOf } from "#lib/billing/seen-preview";
import { Refusal } from "#lib/errors";
import type { TenantContext } from "#lib/tenancy/context";

type Props = { ctx: TenantContext; reason: CancelReason };

/** What may make someone stay, once, and never in the way. Where it does not hold there is none. */
export async function CancelOfferCard({ ctx, reason }: Props) {
  const t = await getTranslations("changes.cancel");
  const offer = cancelOffers[reason];
  if (!offer) return null;
  const input = { kind: "offer", reason } as const;
  const preview = await previewChange(ctx, input).catch(orNone);
  if (!preview) return null;
  const locale = await getLocale();
  return (
    <Card title={t("offerTitle")}>
      <div className="grid gap-4">
        <p>
          {offer.kind === "pause"
            ? t("offerPause", { months: offer.months })
            : t("offerCoupon", { name: offer.name })}{" "}
          {preview.next && (
            <strong className="font-medium">
              {t("offerCouponNext", { amount: formatAmount(preview.next.total, locale) })}
            </strong>
          )}
        </p>
        <ConfirmChange
          slug={ctx.tenantSlug}
          body={{ ...input, ...seenOf(preview) }}
          label={t(offer.kind === "pause" ? "takePause" : "takeCoupon")}
          withWayBack={false}
        />
      </div>
    </Card>
  );
}

function orNone(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error;
}
