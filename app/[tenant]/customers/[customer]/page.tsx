import { getFormatter, getTranslations } from "next-intl/server";
import { forPage, readQuery } from "#components/admin/list-query";
import { Messages } from "#components/messages";
import { SaleTable } from "#components/selling/sale-table";
import { NoAccess } from "#components/tenant-settings/no-access";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { cursorQuery } from "#lib/selling/input";
import { getBuyer } from "#lib/selling/list-buyers";
import { listSales } from "#lib/selling/list-sales";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

export async function generateMetadata() {
  const t = await getTranslations("selling.customers");
  return { title: t("title") };
}

export default async function CustomerPage(props: PageProps<"/[tenant]/customers/[customer]">) {
  const { tenant, customer: customerId } = await props.params;
  const ctx = await requireTenant(tenant);
  const t = await getTranslations("selling.customers");
  if (!mayInTenant(ctx.role, "payments:read")) {
    return <NoAccess title={t("title")} ctx={ctx} what="payments" permission="payments:read" />;
  }
  const { cursor } = readQuery(cursorQuery, await props.searchParams);
  const buyer = await forPage(getBuyer(ctx, { customerId }), `/${tenant}/customers`);
  const sales = listSales(ctx, { customer: customerId, cursor });
  const page = await forPage(sales, `/${tenant}/customers/${customerId}`);
  const format = await getFormatter();
  const { tenantSlug: slug } = ctx;
  const date = format.dateTime(buyer.firstAt, { dateStyle: "medium", timeZone: "UTC" });
  return (
    <Page>
      <Messages areas={["common", "selling"]}>
        <PageHeader
          title={buyer.name ?? buyer.email}
          sentence={`${buyer.email} · ${t("page", { date })}`}
          actions={
            <LinkButton href={`/${slug}/customers`} variant="secondary" size="sm">
              {t("back")}
            </LinkButton>
          }
        />
        <SaleTable {...{ slug, page, filter: { customer: customerId }, mayServe: false }} />
      </Messages>
    </Page>
  );
}
