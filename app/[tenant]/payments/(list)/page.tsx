import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { forPage, readQuery } from "#components/admin/list-query";
import { Embedded } from "#components/connect/embedded";
import { MoneyPage } from "#components/connect/money-page";
import { SaleTable } from "#components/selling/sale-table";
import { saleQuery } from "#lib/selling/input";
import { listSales } from "#lib/selling/list-sales";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

const views = ["payments", "stripe", "disputes"] as const;
const query = saleQuery
  .pick({ cursor: true, status: true, currency: true, from: true, to: true })
  .extend({ view: z.enum(views).default("payments") });

export async function generateMetadata() {
  const t = await getTranslations("connect.payments");
  return { title: t("title") };
}

export default async function PaymentsPage(props: PageProps<"/[tenant]/payments">) {
  const ctx = await requireTenant((await props.params).tenant);
  const { view, cursor, ...filter } = readQuery(query, await props.searchParams);
  const t = await getTranslations("connect.payments");
  const words = await getTranslations("selling.payments");
  const labels = { payments: words("mine"), stripe: words("stripe"), disputes: t("disputes") };
  const isOurs = view === "payments" && mayInTenant(ctx.role, "payments:read");
  const { tenantSlug: slug } = ctx;
  return (
    <MoneyPage
      ctx={ctx}
      area="payments"
      views={views.map((name) => ({ view: name, label: labels[name] }))}
      current={view}
    >
      {isOurs && (
        <SaleTable
          slug={slug}
          page={await forPage(listSales(ctx, { ...filter, cursor }), `/${slug}/payments`)}
          filter={filter}
          mayServe={mayInTenant(ctx.role, "payments:sell")}
          place={`/${slug}/payments`}
        />
      )}
      {view !== "payments" && (
        <Embedded
          key={view}
          tag={view === "stripe" ? "payments" : "disputes-list"}
          label={labels[view]}
          minHeight={320}
        />
      )}
    </MoneyPage>
  );
}
