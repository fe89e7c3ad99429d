import { Check } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { formatUnitPrice } from "#components/pricing/unit-price";
import { UsagePrice } from "#components/pricing/usage-price";
import { Amount } from "#components/ui/amount";
import { LinkButton } from "#components/ui/link-button";
import { type Interval, isFree, type PlanComponent, type PublicPlan } from "#lib/catalog/plan";
import { isOffered, priceOf } from "#lib/catalog/price-of";
import type { Currency } from "#lib/money/currency";

export const mostSeats = 10_000;

export type PlanChoice = { interval: Interval; currency: Currency; seats: number };

type Props = {
  plan: PublicPlan;
  choice: PlanChoice;
  /** Where choosing leads. */
  href: string;
  /** The plan most people begin with on this page stands out by its button alone. */
  isPrimary: boolean;
};

/** One plan: what it costs for this choice, exactly, and what it gives. */
export function PlanCard({ plan, choice, href, isPrimary }: Props) {
  const t = useTranslations("marketing.pricing");
  const per = choice.interval === "month" ? t("perMonth") : t("perYear");
  const canChoose = isOffered(plan, choice);
  const variant = isPrimary ? "primary" : "secondary";
  return (
    <section
      aria-label={plan.name}
      className="row-span-4 grid min-w-0 grid-rows-subgrid gap-4 rounded-lg border border-border bg-surface p-5"
    >
      <div>
        <h2 className="text-base font-semibold">{plan.name}</h2>
        <p className="mt-1 text-muted">{plan.description}</p>
      </div>
      {canChoose ? (
        <PlanPrice plan={plan} choice={choice} per={per} />
      ) : (
        <p className="text-muted">{t("notOffered", { per })}</p>
      )}
      {canChoose ? (
        <LinkButton href={href} variant={variant} fullWidth>
          {isFree(plan) ? t("startFree") : t("choose", { plan: plan.name })}
        </LinkButton>
      ) : (
        <span />
      )}
      <div className="grid content-start gap-4">
        <PlanParts plan={plan} choice={choice} per={per} />
        <PlanGives plan={plan} />
      </div>
    </section>
  );
}

type PriceProps = { plan: PublicPlan; choice: PlanChoice; per: string };

function PlanPrice({ plan, choice, per }: PriceProps) {
  const t = useTranslations("marketing.pricing");
  const { total } = priceOf(plan, choice);
  const has = (kind: PlanComponent["kind"]) => plan.components.some((one) => one.kind === kind);
  const totalFor = has("seat")
    ? t("totalFor", { seats: choice.seats, per })
    : t("totalFlat", { per });
  return (
    <p>
      <span className="block text-2xl font-semibold tracking-tight tabular-nums">
        {isFree(plan) ? t("free") : <Amount of={total} />}
      </span>
      <span className="block min-h-4 text-xs text-muted">
        {isFree(plan) ? "" : totalFor}
        {has("usage") && `, ${t("plusUsage")}`}
      </span>
    </p>
  );
}

/** What the total is made of, where that is more than one price. */
export function PlanParts({ plan, choice, per }: PriceProps) {
  const t = useTranslations("marketing.pricing");
  // An add-on has no total above: its parts are all there is.
  const isMixed = plan.kind === "add_on" || plan.components.some(({ kind }) => kind !== "flat");
  if (!isOffered(plan, choice) || (!isMixed && plan.trialDays === 0)) {
    return null;
  }
  return (
    <div className="grid content-start gap-2">
      {isMixed && (
        <ul className="grid gap-2">
          {plan.components.map((component) => (
            <li key={component.key}>
              <ComponentPrice component={component} choice={choice} per={per} />
            </li>
          ))}
        </ul>
      )}
      {plan.trialDays > 0 && <p className="text-xs">{t("trial", { days: plan.trialDays })}</p>}
    </div>
  );
}

function ComponentPrice(props: { component: PlanComponent; choice: PlanChoice; per: string }) {
  const { component, choice, per } = props;
  const t = useTranslations("marketing.pricing");
  const locale = useLocale();
  const offer = component.prices.find(
    ({ interval, currency }) => interval === choice.interval && currency === choice.currency,
  );
  if (!offer) return null;
  const unit = component.unit ?? component.name;
  const isPlain = offer.model === "per_unit" && component.included === "0";
  if (component.kind === "usage" || !isPlain) {
    const each = choice.interval === "month" ? t("eachMonth") : t("eachYear");
    return <UsagePrice component={component} offer={offer} each={each} />;
  }
  const amount = formatUnitPrice(offer.unitMinor ?? "0", offer.currency, locale);
  return (
    <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-xs tabular-nums">
      <span className="text-muted">{component.name}</span>
      {component.kind === "seat"
        ? t("seatPrice", { amount, unit, per })
        : t("flatPrice", { amount, per })}
    </p>
  );
}

/** What a plan gives, line by line, with its limits. */
export function PlanGives({ plan }: { plan: PublicPlan }) {
  const format = useFormatter();
  if (plan.features.length === 0) return null;
  return (
    <ul className="grid content-start gap-2 border-t border-separator pt-4">
      {plan.features.map(({ key, name, limit }) => (
        <li key={key} className="flex items-start gap-2">
          <Check aria-hidden className="mt-1 size-3.5 shrink-0 text-accent" />
          <span>
            {name}
            {limit === undefined ? "" : `: ${format.number(limit)}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
