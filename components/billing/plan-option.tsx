import { useLocale, useTranslations } from "next-intl";
import { useId } from "react";
import { Features } from "#components/billing/features";
import type { PlanChoice } from "#components/billing/plan-picker";
import { formatUnitPrice } from "#components/pricing/unit-price";
import { UsagePrice } from "#components/pricing/usage-price";
import { Status } from "#components/ui/status";
import type { PlanComponent, PublicPlan } from "#lib/catalog/plan";
import { isOffered } from "#lib/catalog/price-of";

type Props = {
  name: string;
  plan: PublicPlan;
  choice: Omit<PlanChoice, "addOns">;
  /** What the workspace is on already: shown to compare with, not to choose. */
  isCurrent: boolean;
  /** A word at the name's end, of a plan that can be chosen. */
  note?: string | undefined;
  onChoose: () => void;
};

/** A plan to choose: its prices as they are, and what it gives. */
export function PlanOption({ name, plan, choice, isCurrent, note, onChoose }: Props) {
  const t = useTranslations("tenant.billing.picker");
  const interval = useTranslations("tenant.interval");
  const id = useId();
  const canChoose = !isCurrent && isOffered(plan, choice);
  return (
    <div
      className={`relative grid content-start gap-3 rounded-lg border border-border p-4 has-checked:border-accent has-checked:ring-1 has-checked:ring-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus ${
        canChoose ? "cursor-pointer bg-surface hover:border-field-border" : ""
      }`}
    >
      <p className="flex items-center gap-2">
        {!isCurrent && (
          <input
            type="radio"
            name={name}
            value={plan.key}
            aria-labelledby={`${id}-name`}
            aria-describedby={`${id}-price`}
            checked={plan.key === choice.plan}
            disabled={!canChoose}
            onChange={onChoose}
            // Its invisible second half covers the card, so that all of it takes the click.
            className="size-3.5 shrink-0 cursor-pointer appearance-none rounded-full border border-field-border bg-field outline-none after:absolute after:inset-0 checked:border-4 checked:border-accent disabled:cursor-default disabled:opacity-50"
          />
        )}
        <span id={`${id}-name`} className="font-semibold">
          {plan.name}
        </span>
        {(isCurrent || note) && (
          <span className="ms-auto">
            <Status of="current">{note ?? t("yourPlan")}</Status>
          </span>
        )}
      </p>
      <p className="text-muted">{plan.description}</p>
      <div id={`${id}-price`}>
        {isCurrent || canChoose ? (
          <PlanPrices plan={plan} choice={choice} />
        ) : (
          <p className="text-xs text-muted">
            {t("notOffered", {
              interval: interval(choice.interval).toLowerCase(),
              currency: choice.currency.toUpperCase(),
            })}
          </p>
        )}
      </div>
      <Features of={plan.features} />
    </div>
  );
}

type PricesProps = { plan: PublicPlan; choice: Pick<PlanChoice, "interval" | "currency"> };

/** What a plan or an add-on costs in an interval and currency, price by price. */
export function PlanPrices({ plan, choice }: PricesProps) {
  const t = useTranslations("tenant.billing.picker");
  if (plan.components.length === 0) return <p className="font-medium">{t("freeLine")}</p>;
  return (
    <div className="grid gap-1.5">
      {plan.components.map((component) => (
        <ComponentPrice key={component.key} component={component} choice={choice} />
      ))}
    </div>
  );
}

function ComponentPrice(props: { component: PlanComponent; choice: PricesProps["choice"] }) {
  const { component, choice } = props;
  const t = useTranslations("tenant");
  const locale = useLocale();
  const offer = component.prices.find(
    ({ interval, currency }) => interval === choice.interval && currency === choice.currency,
  );
  if (!offer) return null;
  const unit = component.unit ?? t("billing.unit.fallback");
  const per = t(choice.interval === "month" ? "interval.perMonth" : "interval.perYear");
  const isPlain = offer.model === "per_unit" && component.included === "0";
  if (component.kind === "usage" || !isPlain) {
    return <UsagePrice component={component} offer={offer} each={per} />;
  }
  const price = formatUnitPrice(offer.unitMinor ?? "0", offer.currency, locale);
  const amount = component.kind === "seat" ? t("billing.picker.each", { price, unit }) : price;
  return (
    <p className="tabular-nums">
      <span className="font-medium">{amount}</span> <span className="text-muted">{per}</span>
    </p>
  );
}
