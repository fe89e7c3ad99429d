import { Link2 } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { LinkPrice, LinkStatusMark } from "#components/selling/link-price";
import { Amount } from "#components/ui/amount";
import { Banner } from "#components/ui/banner";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import type { Page } from "#lib/keyset";
import type { PaidLink } from "#lib/selling/list-links";

type Props = { slug: string; page: Page<PaidLink> & { whyNot: string | null }; maySell: boolean };

/** The links of a workspace with what was paid at each. */
export async function LinkTable({ slug, page, maySell }: Props) {
  const t = await getTranslations("selling.links");
  return (
    <>
      {page.whyNot && <Banner kind="warning" title={page.whyNot} />}
      <Card flush>
        <DataTable
          caption={t("caption")}
          rows={page.rows}
          next={page.next}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `/${slug}/links/${id}`}
          columns={[
            { header: t("name"), cell: ({ name }) => name },
            { header: t("status"), cell: ({ status }) => <LinkStatusMark status={status} /> },
            { header: t("price"), align: "end", cell: ({ price }) => <LinkPrice price={price} /> },
            { header: t("payments"), align: "end", cell: ({ payments }) => payments },
            { header: t("taken"), align: "end", cell: ({ taken }) => <Amount of={taken} /> },
          ]}
          empty={
            <EmptyState
              icon={<Link2 />}
              title={t("empty")}
              action={
                maySell &&
                !page.whyNot && (
                  <LinkButton href={`/${slug}/links/new`} size="sm">
                    {t("new")}
                  </LinkButton>
                )
              }
            >
              {t("emptyText")}
            </EmptyState>
          }
        />
      </Card>
    </>
  );
}
