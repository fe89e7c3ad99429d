import { getTranslations } from "next-intl/server";
import { DiscountWords } from "#components/changes/discount-words";
import { Card } from "#components/ui/card";
import { getDiscounts } from "#lib/billing/get-discounts";
import { Refusal } from "#lib/errors";
import type { TenantContext } from "#lib/tenancy/context";

/** What is taken off the plan, and on how many invoices still; nothing where nothing is. */
export async function Discounts({ ctx }: { ctx: TenantContext }) {
  const t = await getTranslations("changes.off");
  const discounts = await getDiscounts(ctx).catch(orUnread);
  if (discounts?.length === 0) return null;
  return (
    <Card title={t("title")}>
      {discounts ? (
        <div className="grid gap-2">
          <DiscountWords discounts={discounts} />
          <p className="text-xs text-muted">{t("before")}</p>
        </div>
      ) : (
        <p className="text-muted">{t("unread")}</p>
      )}
    </Card>
  );
}

/** Stripe alone knows what is taken off; the rest of the page stands without it. */
function orUnread(error: unknown): null {
  if (error instanceof Refusal) return null;
  throw error;
}
