import { HandCoins } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { saleColumns } from "#components/selling/sale-columns";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { buttonStyle, LinkButton } from "#components/ui/link-button";
import type { Page } from "#lib/keyset";
import type { SaleFilter } from "#lib/selling/input";
import type { SaleView } from "#lib/selling/sale";

type Props = {
  slug: string;
  page: Page<SaleView>;
  filter: SaleFilter;
  mayServe: boolean;
  /** Where the states are chosen; without it they are not. */
  place?: string;
};
const states = ["succeeded", "failed", "refunded", "disputed"] as const;

/** Payments with what became of them, their states to choose from, and the same as a file. */
export async function SaleTable({ slug, page, filter, mayServe, place }: Props) {
  const t = await getTranslations("selling.payments");
  const tFilter = await getTranslations("selling.filters");
  const isBare = page.rows.length === 0 && Object.values(filter).every((value) => !value);
  const columns = await saleColumns(slug);
  return (
    <div className="grid gap-3">
      {!isBare && (
        <div className="flex flex-wrap items-center justify-between gap-2">
          {place ? (
            <nav aria-label={t("filter")} className="flex flex-wrap gap-1">
              {[undefined, ...states].map((state) => (
                <Link
                  key={state ?? "all"}
                  href={state ? `${place}?status=${state}` : place}
                  aria-current={filter.status === state ? "page" : undefined}
                  className={buttonStyle(filter.status === state ? "secondary" : "ghost", "sm")}
                >
                  {state ? tFilter(state) : t("all")}
                </Link>
              ))}
            </nav>
          ) : (
            <span />
          )}
          <a
            href={`/api/v1/tenants/${slug}/sales/export?${searchOf(filter)}`}
            className={buttonStyle("secondary", "sm")}
          >
            {t("csv")}
          </a>
        </div>
      )}
      <Card flush>
        <DataTable
          caption={t("caption")}
          columns={columns}
          rows={page.rows}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `/${slug}/payments/${id}`}
          next={page.next}
          empty={
            isBare ? (
              <EmptyState
                icon={<HandCoins />}
                title={t("empty")}
                action={
                  mayServe && (
                    <LinkButton href={`/${slug}/links/new`} size="sm">
                      {t("makeLink")}
                    </LinkButton>
                  )
                }
              >
                {t("emptyText")}
              </EmptyState>
            ) : (
              <EmptyState title={t("emptyFiltered")} />
            )
          }
        />
      </Card>
    </div>
  );
}

function searchOf(filter: SaleFilter): URLSearchParams {
  const set = Object.entries(filter).filter((one): one is [string, string] => Boolean(one[1]));
  return new URLSearchParams(set);
}
