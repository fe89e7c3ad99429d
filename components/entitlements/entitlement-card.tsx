import { useTranslations } from "next-intl";
import { FeatureTable } from "#components/entitlements/feature-table";
import { Standing } from "#components/entitlements/standing";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link-button";
import { Meter } from "#components/ui/meter";
import type { Entitlements } from "#lib/entitlements/get-entitlements";

type Props = {
  entitlements: Entitlements;
  /** `alone` on a page that has its title; `brief` beside the plan, which says the rest. */
  kind?: "alone" | "brief";
  title?: string;
  /** The workspace's address, where the viewer can go there and mend what is to be mended. */
  slug: string | null;
};

/** What a workspace may use now, why, and how much of it is left. */
export function EntitlementCard({ entitlements, slug, kind, title }: Props) {
  const t = useTranslations("seats.entitlements");
  const { standing, plan, seats, period, features } = entitlements;
  const counted = features.filter(({ used }) => used !== null);
  const shown = kind === "brief" ? counted : features;
  const all = kind === "brief" && slug && (
    <TextLink href={`/${slug}/billing/entitlements`}>{t("all")}</TextLink>
  );
  return (
    <Card {...(kind === "alone" ? {} : { title: title ?? t("title") })} action={all} flush>
      <div className={`grid gap-4 px-4 pb-4 ${kind === "alone" ? "pt-4" : ""}`}>
        <Standing standing={standing} plan={plan.name} slug={slug} />
        {seats && kind !== "brief" && (
          <Meter
            label={t("seats")}
            value={seats.taken}
            max={seats.bought}
            text={t("seatsText", { taken: seats.taken, bought: seats.bought })}
          />
        )}
      </div>
      {(shown.length > 0 || kind !== "brief") && <FeatureTable features={shown} />}
      {counted.length > 0 && <p className="px-4 py-3 text-xs text-muted">{t("period", period)}</p>}
    </Card>
  );
}
