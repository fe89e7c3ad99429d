import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { readQuery } from "#components/admin/list-query";
import { Embedded } from "#components/connect/embedded";
import { MoneyPage } from "#components/connect/money-page";
import { MoneyView } from "#components/payouts/money-view";
import { payoutsQuery } from "#lib/payouts/list-payouts";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

const views = ["money", "payouts", "reports", "documents"] as const;
const query = payoutsQuery.extend({ view: z.enum(views).default("money") });

export async function generateMetadata() {
  const t = await getTranslations("connect.payouts");
  return { title: t("title") };
}

export default async function PayoutsPage(props: PageProps<"/[tenant]/payouts">) {
  const ctx = await requireTenant((await props.params).tenant);
  const { view, ...filter } = readQuery(query, await props.searchParams);
  const t = await getTranslations("connect.payouts");
  const tabs = await getTranslations("payouts.tabs");
  return (
    <MoneyPage
      ctx={ctx}
      area="payouts"
      views={views.map((name) => ({ view: name, label: tabs(name) }))}
      current={view}
    >
      {view === "money" && <MoneyView ctx={ctx} query={filter} />}
      {view === "payouts" && (
        <>
          {mayInTenant(ctx.role, "payouts:create") && (
            <Embedded tag="instant-payouts-promotion" label={t("instant")} minHeight={0} />
          )}
          <Embedded tag="balances" label={t("balances")} minHeight={120} />
          <Embedded tag="payouts-list" label={t("list")} minHeight={320} />
        </>
      )}
      {view === "reports" && (
        <>
          <Embedded tag="balance-report" label={t("balanceReport")} minHeight={240} />
          <Embedded tag="payout-reconciliation-report" label={t("reconciliation")} />
        </>
      )}
      {view === "documents" && <Embedded tag="documents" label={t("documents")} />}
    </MoneyPage>
  );
}
