import { useTranslations } from "next-intl";
import { FeatureTable } from "#components/entitlements/feature-table";
import { Standing } from "#components/entitlements/standing";
import { Card } from "#components/ui/card";
import { Meter } from "#components/ui/meter";
import type { Entitlements } from "#lib/entitlements/get-entitlements";

type Props = {
  entitlements: Entitlements;
  /** The card stands alone on a page that has its title. */
  isAlone?: boolean;
  /** The workspace's address, where the viewer can go there and mend what is to be mended. */
  slug: string | null;
};

/** What a workspace may use now, why, and how much of it is left. */
export function EntitlementCard({ entitlements, slug, isAlone = false }: Props) {
  const t = useTranslations("seats.entitlements");
  const { standing, plan, seats, period, features } = entitlements;
  const isCounted = features.some(({ used }) => used !== null);
  return (
    <Card {...(isAlone ? {} : { title: t("title") })} flush>
      <div className={`grid gap-4 px-4 pb-4 ${isAlone ? "pt-4" : ""}`}>
        <Standing standing={standing} plan={plan.name} slug={slug} />
        {seats && (
          <Meter
            label={t("seats")}
            value={seats.taken}
            max={seats.bought}
            text={t("seatsText", { taken: seats.taken, bought: seats.bought })}
          />
        )}
      </div>
      <FeatureTable features={features} />
      {isCounted && <p className="px-4 py-3 text-xs text-muted">{t("period", period)}</p>}
    </Card>
  );
}
