import { useFormatter, useTranslations } from "next-intl";
import { Banner } from "#components/ui/banner";
import type { Endpoint } from "#lib/webhooks/endpoint";

/** What is the matter with an endpoint, by when, and what to do; nothing where all is well. */
export function EndpointNotice({ endpoint }: { endpoint: Endpoint }) {
  const t = useTranslations("developers.endpoint");
  const format = useFormatter();
  const inWords = (at: Date) =>
    `${format.dateTime(at, { dateStyle: "medium", timeStyle: "short" })} UTC`;
  const { disabledAt, disabledBecause, failingSince, turnsOffAt } = endpoint;
  if (disabledAt && disabledBecause) {
    const isTheirs = disabledBecause === "person";
    const titles = { person: "offPerson", failing: "offFailing", gone: "offGone" } as const;
    return (
      <Banner
        kind={isTheirs ? "info" : "danger"}
        title={t(titles[disabledBecause], { at: inWords(disabledAt) })}
      >
        {t(isTheirs ? "offPersonBody" : "offBody")}
      </Banner>
    );
  }
  if (!failingSince || !turnsOffAt) return null;
  return (
    <Banner kind="warning" title={t("failingTitle", { since: inWords(failingSince) })}>
      {t("failingBody", { at: inWords(turnsOffAt) })}
    </Banner>
  );
}
