import { Webhook } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Place } from "#components/developers/place";
import { WebhookState } from "#components/developers/states";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import type { Endpoint } from "#lib/webhooks/endpoint";

type Props = {
  place: Place;
  endpoints: readonly Endpoint[];
  /** How many types of event there are to be told of. */
  typesCount: number;
};

/** Every endpoint, or what one is for and the way to the first. */
export function EndpointTable({ place, endpoints, typesCount }: Props) {
  const t = useTranslations("developers.endpoints");
  const root = `${place.pages}/endpoints`;
  return (
    <Card flush>
      <DataTable
        caption={t("caption")}
        columns={useColumns(typesCount)}
        rows={endpoints}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `${root}/${id}`}
        empty={
          <EmptyState
            icon={<Webhook />}
            title={t("emptyTitle")}
            action={<LinkButton href={`${root}/new`}>{t("add")}</LinkButton>}
          >
            {t(place.whose === "platform" ? "emptyPlatform" : "empty")}
          </EmptyState>
        }
      />
    </Card>
  );
}

function useColumns(typesCount: number): Column<Endpoint>[] {
  const t = useTranslations("developers.endpoints");
  return [
    {
      header: t("address"),
      cell: ({ url, description }) => (
        <span className="block min-w-0">
          <span className="block break-all">{url}</span>
          {description && (
            <span className="block text-xs font-normal text-muted">{description}</span>
          )}
        </span>
      ),
    },
    { header: t("state"), cell: ({ state }) => <WebhookState of={state} /> },
    {
      header: t("told"),
      cell: ({ types }) =>
        types.length === typesCount ? t("every") : t("types", { count: types.length }),
    },
    {
      header: t("last"),
      cell: ({ lastDeliveredAt }) =>
        lastDeliveredAt ? (
          <Moment at={lastDeliveredAt} />
        ) : (
          <span className="text-muted">{t("never")}</span>
        ),
    },
  ];
}
