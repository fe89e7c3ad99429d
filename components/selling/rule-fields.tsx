"use client";

import { blankTier, type TypedRule } from "#components/selling/policy-draft";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { TextField } from "#components/ui/text-field";

type Props = {
  rule: TypedRule;
  place: number;
  change: (rule: TypedRule) => void;
  onUp?: () => void;
  onRemove?: () => void;
};

const conditions = [
  { field: "plans", label: "Plans", description: "By their keys; empty: every plan" },
  { field: "methods", label: "Ways to pay", description: "card, sepa_debit, …" },
  { field: "countries", label: "Countries of the card", description: "US, DE, …" },
  { field: "currencies", label: "Currencies", description: "usd, eur, …" },
] as const;

/** One rule: for whom it is, what it takes, and within what. */
export function RuleFields({ rule, place, change, onUp, onRemove }: Props) {
  const set = (part: Partial<TypedRule>) => change({ ...rule, ...part });
  const name = (field: string) => `rules.${place}.${field}`;
  const actions = (
    <span className="flex gap-1">
      {onUp && (
        <Button size="sm" variant="ghost" onPress={onUp}>
          Ask earlier
        </Button>
      )}
      {onRemove && (
        <Button size="sm" variant="ghost" onPress={onRemove}>
          Remove
        </Button>
      )}
    </span>
  );
  return (
    <Card title={`Rule ${place + 1}`} action={actions}>
      <div className="grid gap-4">
        <TextField
          name={name("name")}
          label="Name"
          value={rule.name}
          onChange={(text) => set({ name: text })}
          isRequired
          maxLength={80}
        />
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
          {conditions.map(({ field, label, description }) => (
            <TextField
              key={field}
              name={name(field)}
              {...{ label, description }}
              value={rule[field]}
              onChange={(text) => set({ [field]: text })}
            />
          ))}
        </div>
        <Tiers rule={rule} set={set} name={name} />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            name={name("least")}
            label="At least"
            description="By currency: 0.50 USD, 0.50 EUR"
            value={rule.least}
            onChange={(text) => set({ least: text })}
          />
          <TextField
            name={name("most")}
            label="At most"
            description="Empty: without limit"
            value={rule.most}
            onChange={(text) => set({ most: text })}
          />
        </div>
      </div>
    </Card>
  );
}

type TiersProps = {
  rule: TypedRule;
  set: (part: Partial<TypedRule>) => void;
  name: (field: string) => string;
};

function Tiers({ rule, set, name }: TiersProps) {
  const { tiers } = rule;
  const put = (key: number, part: Partial<TypedRule["tiers"][number]>) =>
    set({ tiers: tiers.map((tier) => (tier.key === key ? { ...tier, ...part } : tier)) });
  return (
    <div className="grid gap-3">
      {tiers.map(({ key, from, percent, fixed }, index) => (
        <div key={key} className="grid items-start gap-4 sm:grid-cols-4">
          <TextField
            name={name(`tiers.${index}.percent`)}
            label="Percent"
            value={percent}
            onChange={(text) => put(key, { percent: text })}
            isRequired
            placeholder="2.9"
          />
          <TextField
            name={name(`tiers.${index}.fixed`)}
            label="And fixed"
            value={fixed}
            onChange={(text) => put(key, { fixed: text })}
            placeholder="0.30 USD"
          />
          {index > 0 && (
            <>
              <TextField
                name={name(`tiers.${index}.from`)}
                label="From a month's volume of"
                value={from}
                onChange={(text) => put(key, { from: text })}
                placeholder="50000 USD"
              />
              <Button
                size="sm"
                variant="ghost"
                onPress={() => set({ tiers: tiers.filter((tier) => tier.key !== key) })}
              >
                Remove the tier
              </Button>
            </>
          )}
        </div>
      ))}
      <div>
        <Button
          size="sm"
          variant="secondary"
          onPress={() => set({ tiers: [...tiers, blankTier()] })}
        >
          Add a volume tier
        </Button>
      </div>
    </div>
  );
}
