import { Radio } from "lucide-react";
import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import type { Page } from "#lib/keyset";
import type { TenantEvent } from "#lib/webhooks/list-events";

type Props = { slug: string; page: Page<TenantEvent>; isFiltered: boolean };

/** What happened, the newest first. */
export function EventTable({ slug, page: { rows, next }, isFiltered }: Props) {
  const t = useTranslations("developers");
  const root = `/${slug}/developers/events`;
  const showAll = (
    <LinkButton href={root} variant="secondary">
      {t("deliveries.showAll")}
    </LinkButton>
  );
  return (
    <Card flush>
      <DataTable
        caption={t("events.caption")}
        columns={useColumns()}
        rows={rows}
        rowKey={({ reference }) => reference}
        rowHref={({ reference }) => `${root}/${reference}`}
        next={next}
        empty={
          <EmptyState
            icon={<Radio />}
            title={t("events.emptyTitle")}
            action={isFiltered && showAll}
          >
            {t("events.empty")}
          </EmptyState>
        }
      />
    </Card>
  );
}

function useColumns(): Column<TenantEvent>[] {
  const t = useTranslations("developers");
  return [
    { header: t("events.event"), cell: ({ type }) => <code className="text-xs">{type}</code> },
    {
      header: t("events.what"),
      cell: ({ type }) => t(`types.${type}` as "types.invoice.paid"),
      hideOnPhone: true,
    },
    { header: t("events.about"), cell: ({ objectId }) => <CopyableId id={objectId} /> },
    { header: t("events.when"), cell: ({ at }) => <Moment at={at} />, align: "end" },
  ];
}
