import { useTranslations } from "next-intl";
import type { PlanSearch } from "#components/auth/plan-search";
import { Amount } from "#components/ui/amount";
import { TextLink } from "#components/ui/link-button";
import { isFree, type PublicPlan } from "#lib/catalog/plan";
import { priceOf } from "#lib/catalog/price-of";

/** The plan one came for, and what it will cost. */
export function ChosenPlan({ plan, search }: { plan: PublicPlan; search: PlanSearch }) {
  const t = useTranslations("auth.signUp");
  const { interval, seats } = search;
  const hasSeats = plan.components.some(({ kind }) => kind === "seat");
  const what = isFree(plan)
    ? t("freeLine", { plan: plan.name })
    : t("planLine", { plan: plan.name, interval });
  return (
    <section aria-label={t("plan")} className="rounded-lg border border-border px-3 py-2.5">
      <p className="flex items-baseline justify-between gap-3">
        <span className="font-medium">
          {what}
          {hasSeats && `, ${t("seatsLine", { seats })}`}
        </span>
        <TextLink href="/pricing">{t("changePlan")}</TextLink>
      </p>
      {!isFree(plan) && (
        <p className="text-xs text-muted">
          <Amount of={priceOf(plan, search).total} />{" "}
          {interval === "month" ? t("perMonth") : t("perYear")}. {t("payNext")}
        </p>
      )}
    </section>
  );
}
