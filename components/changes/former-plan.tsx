import { useFormatter, useTranslations } from "next-intl";
import { addOnsToSearch } from "#components/billing/add-on-search";
import { Banner } from "#components/ui/banner";
import { LinkButton } from "#components/ui/link-button";
import type { FormerPlan as Former } from "#lib/billing/read-former";

/** What the workspace had before, and the one step that brings it back. */
export function FormerPlan({ slug, former }: { slug: string; former: Former }) {
  const t = useTranslations("changes.state");
  const format = useFormatter();
  const { plan, planName, interval, currency, seats, endedAt, addOns, unsold } = former;
  const search = new URLSearchParams({
    ...{ plan, interval, currency, seats: String(seats) },
    ...(addOns.length > 0 && { addOns: addOnsToSearch(addOns) }),
  });
  const namesOf = (all: Former["addOns"]) =>
    format.list(all.map(({ name, quantity }) => (quantity > 1 ? `${quantity} × ${name}` : name)));
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
      {addOns.length > 0 && ` ${t("formerBeside", { names: namesOf(addOns) })}`}
      {unsold.length > 0 && ` ${t("formerUnsold", { names: format.list(unsold) })}`}
    </Banner>
  );
}
