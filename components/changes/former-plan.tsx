import { useFormatter, useTranslations } from "next-intl";
import { Banner } from "#components/ui/banner";
import { LinkButton } from "#components/ui/link-button";
import type { FormerPlan as Former } from "#lib/billing/get-change-state";

/** What the workspace had before, and the one step that brings it back. */
export function FormerPlan({ slug, former }: { slug: string; former: Former }) {
  const t = useTranslations("changes.state");
  const format = useFormatter();
  const { plan, planName, interval, currency, seats, endedAt } = former;
  const search = new URLSearchParams({ plan, interval, currency, seats: String(seats) });
  const at = endedAt ? format.dateTime(endedAt, { dateStyle: "medium" }) : "none";
  return (
    <Banner
      title={t("former", { plan: planName, at })}
      action={
        <LinkButton size="sm" variant="secondary" href={`/${slug}/billing?${search}`}>
          {t("again", { plan: planName })}
        </LinkButton>
      }
    >
      {t("formerBody")}
    </Banner>
  );
}
