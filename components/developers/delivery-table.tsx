import { Send } from "lucide-react";
import { useNow, useTranslations } from "next-intl";
import type { Place } from "#components/developers/place";
import { WebhookState } from "#components/developers/states";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { RefreshEvery } from "#components/ui/refresh-every";
import type { Page } from "#lib/keyset";
import { type Delivery, isMoving } from "#lib/webhooks/delivery";

type Props = {
  place: Place;
  page: Page<Delivery>;
  /** The list's address without a filter, where one is set. */
  unfiltered?: string | undefined;
  /** Of one endpoint, which then need not be named in every row. */
  isOfOne?: boolean;
};

/** What was sent and what came of it, the newest first. What is on its way is looked at again. */
export function DeliveryTable({ place, page: { rows, next }, unfiltered, isOfOne }: Props) {
  const t = useTranslations("developers.deliveries");
  const now = useNow();
  const columns = useColumns().filter(({ header }) => !isOfOne || header !== t("to"));
  return (
    <Card flush>
      {rows.some((delivery) => isMoving(delivery, now)) && <RefreshEvery seconds={2} />}
      <DataTable
        caption={t("caption")}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `${place.pages}/deliveries/${id}`}
        next={next}
        empty={unfiltered ? <NoSuch href={unfiltered} /> : <None isOfOne={isOfOne ?? false} />}
      />
    </Card>
  );
}

function useColumns(): Column<Delivery>[] {
  const t = useTranslations("developers.deliveries");
  return [
    {
      header: t("event"),
      cell: ({ type, isTest }) => (
        <span className="font-mono text-xs">
          {type}
          {isTest && <span className="font-sans font-normal text-muted"> · {t("test")}</span>}
        </span>
      ),
    },
    { header: t("state"), cell: ({ state }) => <WebhookState of={state} /> },
    {
      header: t("to"),
      cell: ({ url }) => <span className="break-all">{url}</span>,
      hideOnPhone: true,
    },
    { header: t("answer"), cell: (delivery) => <LastAnswer of={delivery} /> },
    { header: t("created"), cell: ({ createdAt }) => <Moment at={createdAt} />, align: "end" },
  ];
}

function LastAnswer({ of: { last } }: { of: Delivery }) {
  const t = useTranslations("developers.deliveries");
  if (!last) return <span className="text-muted">{t("notYet")}</span>;
  const { status, durationMs } = last;
  if (durationMs === null) return <span className="text-muted">{t("underWay")}</span>;
  return (
    <span className="whitespace-nowrap tabular-nums">
      {status ?? t("noAnswer")}
      <span className="text-xs text-muted"> · {durationMs} ms</span>
    </span>
  );
}

function None({ isOfOne }: { isOfOne: boolean }) {
  const t = useTranslations("developers.deliveries");
  return (
    <EmptyState icon={<Send />} title={t("emptyTitle")}>
      {t(isOfOne ? "empty" : "emptyAll")}
    </EmptyState>
  );
}

function NoSuch({ href }: { href: string }) {
  const t = useTranslations("developers.deliveries");
  return (
    <EmptyState
      icon={<Send />}
      title={t("filteredTitle")}
      action={
        <LinkButton href={href} variant="secondary">
          {t("showAll")}
        </LinkButton>
      }
    >
      {t("filtered")}
    </EmptyState>
  );
}
