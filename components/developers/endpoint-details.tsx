import { useTranslations } from "next-intl";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { Moment } from "#components/ui/moment";
import type { Endpoint } from "#lib/webhooks/endpoint";

/** What an endpoint is told of, and how it fared. */
export function EndpointDetails({ endpoint }: { endpoint: Endpoint }) {
  const t = useTranslations("developers.endpoint");
  const { id, createdAt, lastDeliveredAt, lastTriedAt, types } = endpoint;
  return (
    <Card title={t("details")}>
      <Facts>
        <Fact label={t("id")}>
          <CopyableId id={id} />
        </Fact>
        <Fact label={t("created")}>
          <Moment at={createdAt} />
        </Fact>
        <Fact label={t("lastDelivered")}>
          {lastDeliveredAt ? <Moment at={lastDeliveredAt} /> : t("never")}
        </Fact>
        <Fact label={t("lastTried")}>{lastTriedAt ? <Moment at={lastTriedAt} /> : t("never")}</Fact>
      </Facts>
      <h3 className="mt-4 mb-1.5 text-muted">{t("toldOf")}</h3>
      <ul className="flex flex-wrap gap-1">
        {types.map((type) => (
          <li
            key={type}
            className="rounded-sm bg-default px-1.5 py-0.5 font-mono text-2xs text-default-foreground"
          >
            {type}
          </li>
        ))}
      </ul>
    </Card>
  );
}
