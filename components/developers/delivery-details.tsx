import { useTranslations } from "next-intl";
import type { Place } from "#components/developers/place";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { mostAttempts } from "#lib/webhooks/delivery";
import type { DeliveryPage } from "#lib/webhooks/get-delivery";

/** What the message is of, where it goes, and when it is tried next. */
export function DeliveryDetails({ place, delivery }: { place: Place; delivery: DeliveryPage }) {
  const t = useTranslations("developers.delivery");
  const { id, reference, endpointId, url, isTest, occurredAt, dueAt, attemptsNow, state } =
    delivery;
  const root = place.pages;
  return (
    <Card title={t("details")}>
      <Facts>
        <Fact label={t("id")}>
          <CopyableId id={id} />
        </Fact>
        <Fact label={t("endpoint")}>
          <span className="break-all">
            <TextLink href={`${root}/endpoints/${endpointId}`}>{url}</TextLink>
          </span>
        </Fact>
        {!isTest && (
          <Fact label={t("event")}>
            <CopyableId id={reference} href={`${root}/events/${reference}`} />
          </Fact>
        )}
        <Fact label={t("occurred")}>
          <Moment at={occurredAt} />
        </Fact>
        {dueAt && state === "retrying" && (
          <Fact label={t("next")}>
            <Moment at={dueAt} />
          </Fact>
        )}
        {attemptsNow > 0 && (
          <Fact label={t("triesTitle")}>{t("of", { now: attemptsNow, most: mostAttempts })}</Fact>
        )}
      </Facts>
      {isTest && <p className="mt-3 text-xs text-muted">{t("isTest")}</p>}
      {state === "failed" && attemptsNow < mostAttempts && (
        <p className="mt-3 text-xs text-muted">{t("stopped")}</p>
      )}
    </Card>
  );
}
