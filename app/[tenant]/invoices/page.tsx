import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { InvoiceTable } from "#components/billing/invoice-table";
import { readBilling } from "#components/billing/read-billing";
import { StatusFilter } from "#components/billing/status-filter";
import { NoAccess } from "#components/tenant-settings/no-access";
import { Page, PageHeader } from "#components/ui/page-header";
import { invoiceQuery, listInvoices } from "#lib/billing/list-invoices";
import { Refusal } from "#lib/errors";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

type Props = {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** As the API takes it, but a mistyped address shows the whole list rather than an error. */
const query = z.object({
  cursor: invoiceQuery.shape.cursor.catch(undefined),
  status: invoiceQuery.shape.status.catch(undefined),
});

export async function generateMetadata() {
  const t = await getTranslations("tenant.invoices");
  return { title: t("title") };
}

export default async function InvoicesPage({ params, searchParams }: Props) {
  const ctx = await requireTenant((await params).tenant);
  const { tenantSlug: slug } = ctx;
  const t = await getTranslations("tenant.invoices");
  if (!mayInTenant(ctx.role, "billing:read")) {
    return <NoAccess title={t("title")} ctx={ctx} what="billing" permission="billing:read" />;
  }
  const wanted = query.parse(await searchParams);
  const [page, { subscription }] = await Promise.all([
    listInvoices(ctx, wanted).catch((error) => orNewest(error, slug)),
    readBilling(ctx),
  ]);
  const isBare = page.rows.length === 0 && !wanted.status && !wanted.cursor;
  return (
    <Page>
      <PageHeader title={t("title")} sentence={t("sentence")} />
      <div className="grid gap-3">
        {!isBare && <StatusFilter slug={slug} current={wanted.status} />}
        <InvoiceTable
          slug={slug}
          page={page}
          status={wanted.status}
          hasPlan={subscription !== null}
        />
      </div>
    </Page>
  );
}

/** A page link that was cut short leads to the newest instead. */
function orNewest(error: unknown, slug: string): never {
  if (error instanceof Refusal && error.field === "cursor") redirect(`/${slug}/invoices`);
  throw error;
}
