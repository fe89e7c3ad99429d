import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import { sayQuantity } from "#components/usage/quantity";
import { VoidEvent } from "#components/usage/void-event";
import type { Page } from "#lib/keyset";
import type { UsageEventRow } from "#lib/usage/list-events";

type Props = {
  slug: string;
  events: Page<UsageEventRow>;
  unit: string | null;
  mayCorrect: boolean;
};

/** A meter's events, the latest first, each of which can be voided. */
export function EventsCard({ slug, events, unit, mayCorrect }: Props) {
  const t = useTranslations("usage.events");
  const locale = useLocale();
  const sayValue = ({ value, unique }: UsageEventRow) => unique ?? sayQuantity(value, unit, locale);
  const columns: Column<UsageEventRow>[] = [
    {
      header: t("key"),
      cell: ({ key }) => (
        <Link
          href={`/${slug}/trace?${new URLSearchParams({ id: key, kind: "usage_event" })}`}
          className="font-mono text-xs break-all text-link hover:underline"
        >
          {key}
        </Link>
      ),
    },
    { header: t("at"), cell: ({ at }) => <Moment at={at} /> },
    {
      header: t("value"),
      align: "end",
      cell: (row) => <span className="tabular-nums">{sayValue(row)}</span>,
    },
    {
      header: t("state"),
      cell: ({ state }) => <Status of={state}>{t(`states.${state}`)}</Status>,
    },
  ];
  if (mayCorrect) {
    columns.push({
      ...{ header: t("act"), hideHeader: true, align: "end" },
      cell: (row) =>
        row.state !== "voided" && (
          <VoidEvent
            slug={slug}
            eventKey={row.key}
            value={sayValue(row)}
            at={row.at.toISOString()}
          />
        ),
    });
  }
  return (
    <Card title={t("title")} note={t("note")} flush>
      <DataTable
        caption={t("title")}
        columns={columns}
        rows={events.rows}
        next={events.next}
        rowKey={({ key, at }) => `${key} ${at.toISOString()}`}
        empty={<EmptyState title={t("empty")} />}
      />
    </Card>
  );
}
