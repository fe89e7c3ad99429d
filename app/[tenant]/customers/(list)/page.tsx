import { UsersRound } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { forPage, readQuery } from "#components/admin/list-query";
import { SellingPage } from "#components/selling/selling-page";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { Moment } from "#components/ui/moment";
import { cursorQuery } from "#lib/selling/input";
import { listBuyers } from "#lib/selling/list-buyers";
import { requireTenant } from "#lib/web/session";

export async function generateMetadata() {
  const t = await getTranslations("selling.customers");
  return { title: t("title") };
}

export default async function CustomersPage(props: PageProps<"/[tenant]/customers">) {
  const ctx = await requireTenant((await props.params).tenant);
  const { cursor } = readQuery(cursorQuery, await props.searchParams);
  const t = await getTranslations("selling.customers");
  const table = async () => {
    const reading = listBuyers(ctx, { cursor });
    const { rows, next } = await forPage(reading, `/${ctx.tenantSlug}/customers`);
    return (
      <Card flush>
        <DataTable
          caption={t("caption")}
          rows={rows}
          next={next}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `/${ctx.tenantSlug}/customers/${id}`}
          columns={[
            { header: t("email"), cell: ({ email }) => email },
            { header: t("name"), cell: ({ name }) => name ?? "–" },
            { header: t("payments"), align: "end", cell: ({ payments }) => payments },
            {
              header: t("paid"),
              align: "end",
              cell: ({ paid }) => (
                <span className="inline-grid justify-items-end">
                  {paid.map((sum) => (
                    <Amount key={sum.currency} of={sum} />
                  ))}
                </span>
              ),
            },
            { header: t("last"), cell: ({ lastAt }) => <Moment at={lastAt} /> },
          ]}
          empty={
            <EmptyState icon={<UsersRound />} title={t("empty")}>
              {t("emptyText")}
            </EmptyState>
          }
        />
      </Card>
    );
  };
  return (
    <SellingPage ctx={ctx} area="customers">
      {table}
    </SellingPage>
  );
}
