import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { readBilling } from "#components/billing/read-billing";
import { InvoiceTable } from "#components/invoices/invoice-table";
import { NarrowForm } from "#components/invoices/narrow-form";
import { StatusFilter } from "#components/invoices/status-filter";
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
const { shape } = invoiceQuery;
const query = z.object({
  cursor: shape.cursor.catch(undefined),
  status: shape.status.catch(undefined),
  currency: shape.currency.catch(undefined),
  number: shape.number.catch(undefined),
  from: shape.from.catch(undefined),
  to: shape.to.catch(undefined),
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
  const { cursor, status, ...narrow } = wanted;
  const [page, { subscription }] = await Promise.all([
    listInvoices(ctx, wanted).catch((error) => orNewest(error, slug)),
    readBilling(ctx),
  ]);
  const kept = searchOf(narrow);
  const isNarrowed = kept.size > 0;
  const isBare = page.rows.length === 0 && !status && !cursor && !isNarrowed;
  const shown = searchOf({ ...narrow, status });
  return (
    <Page>
      <PageHeader title={t("title")} sentence={t("sentence")} />
      <div className="grid gap-3">
        {!isBare && (
          <>
            <NarrowForm
              action={`/${slug}/invoices`}
              csv={`/api/v1/tenants/${slug}/invoices/export?${shown}`}
              values={{ ...narrow, status }}
            />
            <StatusFilter slug={slug} current={status} kept={kept} />
          </>
        )}
        <InvoiceTable
          slug={slug}
          page={page}
          status={status}
          hasPlan={subscription !== null}
          isNarrowed={isNarrowed}
        />
      </div>
    </Page>
  );
}

function searchOf(filters: Readonly<Record<string, string | undefined>>): URLSearchParams {
  const set = Object.entries(filters).filter((one): one is [string, string] => Boolean(one[1]));
  return new URLSearchParams(set);
}

/** A page link that was cut short leads to the newest instead. */
function orNewest(error: unknown, slug: string): never {
  if (error instanceof Refusal && error.field === "cursor") redirect(`/${slug}/invoices`);
  throw error;
}
