import { getTranslations } from "next-intl/server";
import { forPage } from "#components/admin/list-query";
import { BalanceCards, ScheduleWords } from "#components/payouts/balance-cards";
import { PayoutsTable } from "#components/payouts/payouts-table";
import { Banner } from "#components/ui/banner";
import { Card } from "#components/ui/card";
import { LinkButton } from "#components/ui/link-button";
import { Refusal } from "#lib/errors";
import type { Balances } from "#lib/payouts/get-balances";
import { getBalances } from "#lib/payouts/get-balances";
import { listPayouts, type PayoutsQuery } from "#lib/payouts/list-payouts";
import type { TenantContext } from "#lib/tenancy/context";
import { mayInTenant } from "#lib/tenancy/permissions";

/** What a workspace has, when it lands, and every payout with whether it adds up. */
export async function MoneyView({ ctx, query }: { ctx: TenantContext; query: PayoutsQuery }) {
  const { tenantSlug: slug, role } = ctx;
  const t = await getTranslations("payouts");
  const [balances, page] = await Promise.all([
    readBalances(ctx),
    forPage(listPayouts(ctx, query), `/${slug}/payouts`),
  ]);
  return (
    <>
      {balances ? (
        <BalanceCards balances={balances} slug={slug} />
      ) : (
        <Banner kind="warning" title={t("unread.title")}>
          {t("unread.body")}
        </Banner>
      )}
      {balances && (
        <Card title={t("schedule.title")} note={t("schedule.sentence")}>
          <div className="flex flex-wrap items-center justify-between gap-3">
            <ScheduleWords settings={balances.settings} />
            <div className="flex flex-wrap gap-2">
              {mayInTenant(role, "payouts:update") && (
                <LinkButton size="sm" variant="secondary" href={`/${slug}/payouts/schedule`}>
                  {t("schedule.change")}
                </LinkButton>
              )}
              {mayInTenant(role, "payouts:create") && hasMoney(balances) && (
                <LinkButton size="sm" href={`/${slug}/payouts/new`}>
                  {t("new.action")}
                </LinkButton>
              )}
            </div>
          </div>
        </Card>
      )}
      <Card
        flush
        title={query.source ? t("list.ofSource", { id: query.source }) : t("list.title")}
        action={
          query.source && (
            <a className="text-link hover:underline" href={`/${slug}/payouts`}>
              {t("list.all")}
            </a>
          )
        }
      >
        <PayoutsTable page={page} slug={slug} isOfSource={query.source !== undefined} />
      </Card>
    </>
  );
}

function hasMoney({ currencies, isHeld }: Balances): boolean {
  return !isHeld && currencies.some(({ available }) => available.minor > 0n);
}

/** While Stripe does not answer, the payouts we know of are still shown. */
async function readBalances(ctx: TenantContext): Promise<Balances | null> {
  try {
    return await getBalances(ctx);
  } catch (error) {
    if (error instanceof Refusal && error.code === "unavailable") return null;
    throw error;
  }
}
