import { Radio } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Place } from "#components/developers/place";
import { Card } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import type { Page } from "#lib/keyset";
import type { ListedEvent } from "#lib/webhooks/list-events";

type Props = { place: Place; page: Page<ListedEvent>; isFiltered: boolean };

/** What happened, the newest first. */
export function EventTable({ place, page: { rows, next }, isFiltered }: Props) {
  const t = useTranslations("developers");
  const root = `${place.pages}/events`;
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

function useColumns(): Column<ListedEvent>[] {
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
