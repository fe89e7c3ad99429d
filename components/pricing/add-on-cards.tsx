import { useFormatter, useTranslations } from "next-intl";
import { type PlanChoice, PlanGives, PlanParts } from "#components/pricing/plan-card";
import { mostOf, type PublicPlan } from "#lib/catalog/plan";
import { isOffered } from "#lib/catalog/price-of";

type Props = { addOns: readonly PublicPlan[]; plans: readonly PublicPlan[]; choice: PlanChoice };

/** What can be bought beside a plan, at the same choice of interval and currency. */
export function AddOnCards({ addOns, plans, choice }: Props) {
  const t = useTranslations("marketing.pricing");
  if (addOns.length === 0) return null;
  return (
    <section aria-labelledby="add-ons" className="grid gap-3">
      <div>
        <h2 id="add-ons" className="text-base font-semibold">
          {t("addOns")}
        </h2>
        <p className="text-muted">{t("addOnsLead")}</p>
      </div>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,15.5rem),1fr))] gap-4">
        {addOns.map((addOn) => (
          <AddOnCard key={addOn.key} addOn={addOn} plans={plans} choice={choice} />
        ))}
      </div>
    </section>
  );
}

type CardProps = Omit<Props, "addOns"> & { addOn: PublicPlan };

function AddOnCard({ addOn, plans, choice }: CardProps) {
  const t = useTranslations("marketing.pricing");
  const per = choice.interval === "month" ? t("perMonth") : t("perYear");
  return (
    <section
      aria-label={addOn.name}
      className="grid min-w-0 content-start gap-3 rounded-lg border border-border bg-surface p-5"
    >
      <div>
        <h3 className="font-semibold">{addOn.name}</h3>
        {addOn.description && <p className="mt-1 text-muted">{addOn.description}</p>}
      </div>
      {isOffered(addOn, choice) ? (
        <PlanParts plan={addOn} choice={choice} per={per} />
      ) : (
        <p className="text-muted">{t("notOffered", { per })}</p>
      )}
      <PlanGives plan={addOn} />
      <BesideWhich addOn={addOn} plans={plans} />
    </section>
  );
}

function BesideWhich({ addOn, plans }: Omit<CardProps, "choice">) {
  const t = useTranslations("marketing.pricing");
  const format = useFormatter();
  const names = plans.filter(({ key }) => addOn.besidePlans.includes(key)).map(({ name }) => name);
  const most = mostOf(addOn);
  const where =
    addOn.besidePlans.length === 0
      ? t("besideAny")
      : t("besideSome", { plans: format.list(names, { type: "disjunction" }) });
  return (
    <p className="text-xs text-muted">{most > 1 ? `${where}, ${t("upTo", { most })}` : where}</p>
  );
}
