import { Status } from "#components/ui/status";
import type { Currency } from "#lib/money/currency";
import { formatMoney } from "#lib/money/format-money";
import { money } from "#lib/money/money";
import type { Amounts, FeeRule, FeeTier } from "#lib/selling/fee-policy";
import type { PolicyView } from "#lib/selling/policy";

/** Amounts by currency as a person reads them: "$0.30, €0.25". */
export function sayAmounts(amounts: Amounts): string {
  return (Object.entries(amounts) as [Currency, string][])
    .map(([currency, minor]) => formatMoney(money(BigInt(minor), currency)))
    .join(", ");
}

/** What a tier takes: "2.9 % + $0.30". */
export function sayTier({ percent, fixed }: FeeTier): string {
  const added = sayAmounts(fixed);
  return added ? `${percent} % + ${added}` : `${percent} %`;
}

/** Which payments a rule is for. */
export function sayConditions({ when }: FeeRule): string {
  const { plans, methods, countries, currencies } = when;
  const parts = [
    plans.length > 0 && `on ${plans.join(" or ")}`,
    methods.length > 0 && `by ${methods.join(" or ")}`,
    countries.length > 0 && `from ${countries.join(", ")}`,
    currencies.length > 0 && `in ${currencies.join(", ").toUpperCase()}`,
  ];
  return parts.filter(Boolean).join(", ") || "every payment";
}

/** Where a version of the policy is in its life. */
export function PolicyState({ of }: { of: Pick<PolicyView, "status" | "isInForce"> }) {
  if (of.isInForce) return <Status of="current">in force</Status>;
  return <Status of={of.status} tone={of.status === "published" ? "waiting" : "quiet"} />;
}

/** Every rule of a policy in the order they are asked. */
export function PolicyRules({ rules }: { rules: readonly FeeRule[] }) {
  if (rules.length === 0) return <p className="text-muted">No rule: nothing is taken.</p>;
  return (
    <ol className="grid gap-4">
      {rules.map((rule, place) => (
        <li key={rule.name} className="grid gap-1">
          <p>
            <span className="text-muted">{place + 1}.</span>{" "}
            <strong className="font-semibold">{rule.name}</strong>{" "}
            <span className="text-muted">{sayConditions(rule)}</span>
          </p>
          <ul className="grid gap-0.5 ps-4 tabular-nums">
            {rule.tiers.map((tier) => (
              <li key={sayAmounts(tier.from)}>
                {sayTier(tier)}
                {sayAmounts(tier.from) && (
                  <span className="text-muted"> from {sayAmounts(tier.from)} in the month</span>
                )}
              </li>
            ))}
          </ul>
          <p className="ps-4 text-xs text-muted">
            {[
              sayAmounts(rule.least) && `at least ${sayAmounts(rule.least)}`,
              sayAmounts(rule.most) && `at most ${sayAmounts(rule.most)}`,
            ]
              .filter(Boolean)
              .join(", ")}
          </p>
        </li>
      ))}
    </ol>
  );
}
