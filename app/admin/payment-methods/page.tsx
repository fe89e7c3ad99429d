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
import { Refusal } from "#lib/errors";
import { getMethodsSetup } from "#lib/payments/get-collection";
import { figureDays, getMethodFigures } from "#lib/payments/get-method-figures";
import { paymentMethods } from "#lib/payments/payment-method-table";
import { methodsFor, type PaymentMethodRow } from "#lib/payments/payment-methods";
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
  const [figures, setup] = await Promise.all([
    getMethodFigures(ctx),
    // With Stripe away the facts and the figures are still there.
    getMethodsSetup(ctx).catch((error: unknown) => {
      if (error instanceof Refusal && error.code === "unavailable") return null;
      throw error;
    }),
  ]);
  const mayChange = setup !== null && mayOnPlatform(ctx.platformRole, "money:update");
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
          columns={columnsOf(setup, mayChange)}
          rows={shown}
          rowKey={({ type }) => type}
          empty={<EmptyState title="None fits">Widen the country or the currency.</EmptyState>}
        />
        <Notes isSettled={setup?.isSettled ?? true} id={setup?.configuration?.id ?? null} />
      </Card>
    </Page>
  );
}

function Notes({ isSettled, id }: { isSettled: boolean; id: string | null }) {
  return (
    <div className="grid gap-1 border-t border-separator px-4 py-3 text-xs text-muted">
      <p>
        Stripe decides for each page which of them a payer is shown: by place, currency, amount, and
        what is switched on.{" "}
        {id ? `Pages name the configuration ${id}.` : "Nothing is switched here yet."}
        {!isSettled && " Stripe is being told of the last change; this takes a minute."}
      </p>
      <p>
        A question mark beside a fact says that it was not found on the page of Stripe’s
        documentation that is linked; ask Stripe before you rest on it. The figures are your own
        payments.
      </p>
    </div>
  );
}
