import type { Metadata } from "next";
import { forPage } from "#components/admin/list-query";
import { NoAccess } from "#components/admin/no-access";
import { InvoiceStatus } from "#components/billing/invoice-status";
import { ActsCard } from "#components/invoices/acts-card";
import { GivenBack } from "#components/invoices/given-back";
import { InvoiceActs } from "#components/invoices/invoice-acts";
import { InvoiceFacts } from "#components/invoices/invoice-facts";
import { InvoiceLines } from "#components/invoices/invoice-lines";
import { Tries } from "#components/invoices/tries";
import { consolePlaces } from "#components/trace/places";
import { buttonStyle, LinkButton, TextLink } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { Refusal } from "#lib/errors";
import { getTenantInvoice, type TenantInvoicePage } from "#lib/payments/get-tenant-invoice";
import { listRefundable } from "#lib/payments/refundable";
import type { PlatformContext } from "#lib/tenancy/context";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata: Metadata = { title: "Invoice" };

export default async function InvoicePage(props: PageProps<"/admin/invoices/[id]">) {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "invoices:read")) {
    return <NoAccess title="Invoice" permission="invoices:read" />;
  }
  const { id } = await props.params;
  const invoice = await forPage(getTenantInvoice(ctx, id), "/admin/invoices");
  const { number, status, tenant, hostedUrl } = invoice;
  return (
    <Page>
      <div className="text-xs">
        <TextLink href="/admin/invoices">Invoices</TextLink>
      </div>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-2">
            {number ? `Invoice ${number}` : "Draft invoice"} <InvoiceStatus of={status} />
          </span>
        }
        sentence={
          <>
            of <TextLink href={`/admin/tenants/${tenant.id}`}>{tenant.name}</TextLink>
          </>
        }
        actions={
          <>
            <LinkButton
              href={consolePlaces.trace({ kind: "invoice", scope: "", id })}
              variant="secondary"
              size="sm"
            >
              Trace
            </LinkButton>
            {hostedUrl && (
              <a href={hostedUrl} className={buttonStyle("secondary", "sm")}>
                Open at Stripe
              </a>
            )}
          </>
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid grid-cols-1 gap-5">
          <InvoiceLines invoice={invoice} />
          <Acts ctx={ctx} invoice={invoice} />
          <Tries invoice={invoice} />
          <GivenBack invoice={invoice} />
          <ActsCard acts={invoice.acts} />
        </div>
        <InvoiceFacts
          invoice={invoice}
          workspace={tenant.name}
          subscriptionHref={`/admin/tenants/${tenant.id}`}
        />
      </div>
    </Page>
  );
}

/** What may be done about it. What can be given back is asked of Stripe, as it is now. */
async function Acts({ ctx, invoice }: { ctx: PlatformContext; invoice: TenantInvoicePage }) {
  if (!mayOnPlatform(ctx.platformRole, "money:update")) return null;
  const { id, status, lines, sums, amountPaid } = invoice;
  const refundable = await listRefundable(ctx, { invoiceId: id }).catch((error: unknown) => {
    if (error instanceof Refusal) return null;
    throw error;
  });
  const creditable = sums.remaining.minor + amountPaid.minor - sums.creditedAfter.minor;
  return (
    <InvoiceActs
      invoiceId={id}
      status={status}
      currency={sums.remaining.currency}
      creditableMinor={creditable.toString()}
      isPaidPartly={amountPaid.minor > 0n}
      lines={lines.map(({ id: lineId, description, amount }) => ({
        ...{ lineId, description, minor: amount.minor.toString() },
      }))}
      refundable={
        refundable?.map(({ intentId, left, isDisputed }) => ({
          ...{ intentId, isDisputed, leftMinor: left.minor.toString() },
        })) ?? null
      }
    />
  );
}
