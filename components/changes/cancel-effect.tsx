import { getTranslations } from "next-intl/server";
import { ChangeEffect } from "#components/changes/change-effect";
import { ConfirmLeaving } from "#components/changes/leaving-words";
import { PreviewOrWhy } from "#components/changes/preview-or-why";
import { Card } from "#components/ui/card";
import type { CancelReason } from "#lib/billing/cancel-offers";
import type { ChangePreview } from "#lib/billing/change-preview";
import { getChangeState } from "#lib/billing/get-change-state";
import { seenOf } from "#lib/billing/seen-preview";
import type { TenantContext } from "#lib/tenancy/context";

type Props = {
  ctx: TenantContext;
  reason: CancelReason;
  when: "end" | "now";
};

/** What ending does, in full, and the one button that does it. */
export async function CancelEffect({ ctx, reason, when }: Props) {
  const t = await getTranslations("changes.cancel");
  const kind = when === "now" ? "cancel_now" : "cancel";
  const input = { kind, reason } as const;
  const { scheduled } = await getChangeState(ctx);
  const endOf = (
    { effectiveAt: at }: ChangePreview,
    later: "endsAt" | "effectEnd" | "confirmEnd",
    now: "endsNow" | "effectNow" | "confirmNow",
  ) => (at ? t(later, { at }) : t(now));
  return (
    <PreviewOrWhy ctx={ctx} input={input}>
      {(preview) => (
        <Card title={endOf(preview, "endsAt", "endsNow")}>
          <div className="grid gap-5">
            <p>
              {endOf(preview, "effectEnd", "effectNow")} {scheduled && t("planned")}
            </p>
            <ChangeEffect preview={preview} />
            <ConfirmLeaving
              slug={ctx.tenantSlug}
              body={{ ...input, ...seenOf(preview) }}
              label={endOf(preview, "confirmEnd", "confirmNow")}
            />
          </div>
        </Card>
      )}
    </PreviewOrWhy>
  );
}
