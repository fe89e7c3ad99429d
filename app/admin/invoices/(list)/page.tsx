import { FileText } from "lucide-react";
import type { Metadata } from "next";
import { FilterBar } from "#components/admin/filter-bar";
import { forPage, readQuery } from "#components/admin/list-query";
import { NoAccess } from "#components/admin/no-access";
import { InvoiceStatus } from "#components/billing/invoice-status";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { buttonStyle } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Page, PageHeader } from "#components/ui/page-header";
import { currencies } from "#lib/money/currency";
import {
  allInvoicesQuery,
  listAllInvoices,
  type TenantInvoice,
} from "#lib/payments/list-all-invoices";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata: Metadata = { title: "Invoices" };

const statuses = ["open", "paid", "draft", "void", "uncollectible"] as const;

export default async function InvoicesPage(props: PageProps<"/admin/invoices">) {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "invoices:read"))
    return <NoAccess title="Invoices" permission="invoices:read" />;
  const query = readQuery(allInvoicesQuery, await props.searchParams);
  const { rows, next } = await forPage(listAllInvoices(ctx, query), "/admin/invoices");
  const { cursor: _cursor, ...filters } = query;
  const chosen = Object.entries(filters).flatMap(([name, value]) => (value ? [[name, value]] : []));
  const csv = `/api/v1/admin/invoices/export?${new URLSearchParams(chosen)}`;
  return (
    <Page>
      <PageHeader
        title="Invoices"
        sentence="What tenants are billed, as Stripe has it, in every currency side by side."
        actions={
          <a href={csv} download className={buttonStyle("secondary", "sm")}>
            CSV
          </a>
        }
      />
      <Card flush>
        <FilterBar
          texts={[{ name: "tenant", label: "Tenant's name, slug or id" }]}
          choices={[
            {
              name: "status",
              label: "Status",
              any: "Any status",
              options: statuses.map((value) => ({ value, label: value })),
            },
            {
              name: "currency",
              label: "Currency",
              any: "Any currency",
              options: Object.keys(currencies).map((value) => ({
                value,
                label: value.toUpperCase(),
              })),
            },
          ]}
          more={{ texts: [{ name: "number", label: "Number" }] }}
        />
        <DataTable
          caption="Invoices"
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `/admin/invoices/${id}`}
          next={next}
          empty={
            <EmptyState icon={<FileText />} title="No invoices">
              {chosen.length > 0
                ? "None match these filters."
                : "The first comes with the first paid plan."}
            </EmptyState>
          }
        />
      </Card>
    </Page>
  );
}

const columns: Column<TenantInvoice>[] = [
  { header: "Invoice", cell: ({ number }) => number ?? "Draft" },
  { header: "Tenant", cell: ({ tenant }) => tenant },
  { header: "Status", cell: ({ status }) => <InvoiceStatus of={status} /> },
  { header: "Issued", cell: ({ createdAt }) => <Moment at={createdAt} as="date" /> },
  {
    header: "Paid",
    cell: ({ amountPaid }) => <Amount of={amountPaid} />,
    align: "end",
    hideOnPhone: true,
  },
  { header: "Total", cell: ({ total }) => <Amount of={total} />, align: "end" },
];
