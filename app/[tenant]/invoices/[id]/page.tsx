import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import { InvoiceStatus } from "#components/billing/invoice-status";
import { GivenBack } from "#components/invoices/given-back";
import { InvoiceFacts } from "#components/invoices/invoice-facts";
import { InvoiceLines } from "#components/invoices/invoice-lines";
import { PayCard } from "#components/invoices/pay-card";
import { PrintButton } from "#components/invoices/print-button";
import { Tries } from "#components/invoices/tries";
import { Messages } from "#components/messages";
import { NoAccess } from "#components/tenant-settings/no-access";
import { formatAmount } from "#components/ui/amount";
import { buttonStyle, LinkButton, TextLink } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { getInvoice } from "#lib/billing/get-invoice";
import type { InvoicePage as Invoice } from "#lib/billing/invoice-page";
import { Refusal } from "#lib/errors";
import { listMethods } from "#lib/payments/list-methods";
import type { TenantContext } from "#lib/tenancy/context";
import { listMyTenants } from "#lib/tenancy/list-my-tenants";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requirePerson, requireTenant } from "#lib/web/session";

type Props = { params: Promise<{ tenant: string; id: string }> };

export async function generateMetadata({ params }: Props) {
  const t = await getTranslations("tenant.invoicePage");
  const { tenant, id } = await params;
  const ctx = await requireTenant(tenant);
  const invoice = mayInTenant(ctx.role, "billing:read") ? await readInvoice(tenant, id) : null;
  return { title: titleOf(invoice, t) };
}

export default async function InvoicePage({ params }: Props) {
  const { tenant, id } = await params;
  const ctx = await requireTenant(tenant);
  const t = await getTranslations("tenant.invoicePage");
  if (!mayInTenant(ctx.role, "billing:read")) {
    return <NoAccess title={t("back")} ctx={ctx} what="billing" permission="billing:read" />;
  }
  const invoice = await readInvoice(tenant, id);
  const mine = await listMyTenants(await requirePerson());
  const name = mine.find(({ slug }) => slug === ctx.tenantSlug)?.name ?? ctx.tenantSlug;
  return (
    // On paper the dark theme's light ink would not be read.
    <div className="print:[--foreground:black] print:[--muted:#444] print:[--surface:white] print:[--border:#ccc] print:[--separator:#ccc] print:bg-white print:text-black">
      <Page>
        <div className="text-xs print:hidden">
          <TextLink href={`/${ctx.tenantSlug}/invoices`}>{t("back")}</TextLink>
        </div>
        <PageHeader
          title={
            <span className="flex flex-wrap items-center gap-2">
              {titleOf(invoice, t)} <InvoiceStatus of={invoice.status} />
            </span>
          }
          sentence={<Standing invoice={invoice} />}
          actions={<Actions invoice={invoice} slug={ctx.tenantSlug} />}
        />
        <Pay invoice={invoice} ctx={ctx} />
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] print:grid-cols-1">
          <div className="grid gap-5">
            <InvoiceLines invoice={invoice} />
            <Tries invoice={invoice} />
            <GivenBack invoice={invoice} />
          </div>
          <InvoiceFacts
            invoice={invoice}
            workspace={name}
            subscriptionHref={`/${ctx.tenantSlug}/billing`}
            detailsHref={`/${ctx.tenantSlug}/billing/payment#details`}
          />
        </div>
      </Page>
    </div>
  );
}

const readInvoice = cache(async (tenant: string, id: string): Promise<Invoice> => {
  const ctx = await requireTenant(tenant);
  return getInvoice(ctx, id).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === "not_found") notFound();
    throw error;
  });
});

type Words = Awaited<ReturnType<typeof getTranslations<"tenant.invoicePage">>>;

function titleOf(invoice: Invoice | null, t: Words): string {
  return invoice?.number ? t("title", { number: invoice.number }) : t("draftTitle");
}

/** What an invoice that is not simply paid asks for. */
async function Standing({ invoice }: { invoice: Invoice }) {
  const t = await getTranslations("tenant.invoicePage");
  const { status, amountDue, dueAt, paidAt } = invoice;
  if (status === "paid") return paidAt && t("paidOn", { at: paidAt });
  if (status !== "open") return t(status);
  const amount = formatAmount(amountDue, await getLocale());
  return dueAt ? t("open", { amount, at: dueAt }) : t("openNoDate", { amount });
}

type ActionProps = { invoice: Invoice; slug: string };

async function Actions({ invoice: { id, hostedUrl, hasPdf }, slug }: ActionProps) {
  const t = await getTranslations("tenant.invoicePage");
  return (
    <div className="flex flex-wrap gap-2 print:hidden">
      <PrintButton>{t("print")}</PrintButton>
      {hasPdf && (
        <a
          href={`/api/v1/tenants/${slug}/invoices/${id}/pdf`}
          className={buttonStyle("secondary")}
          target="_blank"
          rel="noreferrer"
        >
          {t("pdf")}
        </a>
      )}
      {hostedUrl && (
        <LinkButton href={hostedUrl} variant="secondary">
          {t("atStripe")}
        </LinkButton>
      )}
    </div>
  );
}

/** For an open invoice and whoever may pay it. Stripe being away leaves paying with new details. */
async function Pay({ invoice, ctx }: { invoice: Invoice; ctx: TenantContext }) {
  const { id, status, sums, underWay, hostedUrl } = invoice;
  const isPayable = status === "open" || status === "uncollectible";
  if (!isPayable || underWay === "processing" || sums.remaining.minor <= 0n) return null;
  if (!mayInTenant(ctx.role, "billing:update")) return null;
  const { methods } = await listMethods(ctx).catch((error: unknown) => {
    if (error instanceof Refusal) return { methods: [] };
    throw error;
  });
  return (
    <div className="print:hidden">
      <Messages areas={["common", "payments"]}>
        <PayCard
          base={`/api/v1/tenants/${ctx.tenantSlug}/invoices/${id}`}
          amount={formatAmount(sums.remaining, await getLocale())}
          methods={methods}
          hostedUrl={hostedUrl}
          isOfPlan={invoice.subscriptionId !== null}
        />
      </Messages>
    </div>
  );
}
