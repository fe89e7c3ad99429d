import type { Metadata } from "next";
import { z } from "zod";
import { FilterBar } from "#components/admin/filter-bar";
import { readQuery } from "#components/admin/list-query";
import { NoAccess } from "#components/admin/no-access";
import { columnsOf, type Row } from "#components/payments/method-columns";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { Page, PageHeader } from "#components/ui/page-header";
import { figureDays, getMethodFigures } from "#lib/payments/get-method-figures";
import { methodsFor, type PaymentMethodRow, paymentMethods } from "#lib/payments/payment-methods";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata: Metadata = { title: "Payment methods" };

const query = z.object({
  country: z.string().length(2).optional(),
  currency: z.string().length(3).optional(),
  renews: z.literal("yes").optional(),
});
const rows = Object.values<PaymentMethodRow>(paymentMethods);
const valuesOf = (of: (row: PaymentMethodRow) => readonly string[] | "all") =>
  [...new Set(rows.flatMap((row) => of(row)))].filter((value) => value !== "all").toSorted();
const names = new Intl.DisplayNames("en", { type: "region" });

export default async function PaymentMethodsPage(props: PageProps<"/admin/payment-methods">) {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "invoices:read")) {
    return <NoAccess title="Payment methods" permission="invoices:read" />;
  }
  const { country, currency, renews } = readQuery(query, await props.searchParams);
  const figures = await getMethodFigures(ctx);
  const suited = methodsFor({ country, currency, isRecurring: renews === "yes" });
  const shown: Row[] = suited.map((type) => ({
    ...{ type, row: paymentMethods[type], figures: figures.get(type) },
  }));
  return (
    <Page>
      <PageHeader
        title="Payment methods"
        sentence={`What each way to pay changes in settlement, beside what it did here in the last ${figureDays} days.`}
      />
      <Card flush>
        <FilterBar
          choices={[
            {
              name: "country",
              label: "Country",
              any: "Any country",
              options: valuesOf(({ countries }) => countries).map((value) => ({
                value,
                label: names.of(value) ?? value,
              })),
            },
            {
              name: "currency",
              label: "Currency",
              any: "Any currency",
              options: valuesOf(({ currencies }) => currencies).map((value) => ({
                value,
                label: value.toUpperCase(),
              })),
            },
            {
              name: "renews",
              label: "Renewals",
              any: "Any payment",
              options: [{ value: "yes", label: "For renewals" }],
            },
          ]}
        />
        <DataTable
          caption="Payment methods"
          columns={columnsOf()}
          rows={shown}
          rowKey={({ type }) => type}
          empty={<EmptyState title="None fits">Widen the country or the currency.</EmptyState>}
        />
        <p className="border-t border-separator px-4 py-3 text-xs text-muted">
          Which of them a payer is shown is decided by Stripe for each page: by place, currency,
          amount, and the payment method configuration in Stripe's dashboard
          (STRIPE_PAYMENT_METHOD_CONFIGURATION names one). The facts are those of Stripe's
          documentation; the figures are your own payments.
        </p>
      </Card>
    </Page>
  );
}
