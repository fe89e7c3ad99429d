import { getTranslations } from "next-intl/server";
import { readBilling } from "#components/billing/read-billing";
import type { TenantContext } from "#lib/tenancy/context";
import { mayInTenant } from "#lib/tenancy/permissions";

/** The workspace in a few words: its plan and seats, or, for who may not see those, one's role. */
export async function planLine(ctx: TenantContext): Promise<string> {
  const t = await getTranslations("tenant");
  if (!mayInTenant(ctx.role, "billing:read")) return t(`roles.${ctx.role}`);
  const { plan, seats } = await readBilling(ctx);
  const name = plan?.name ?? t("billing.unknownPlan");
  return seats ? t("line.seats", { plan: name, seats }) : name;
}
