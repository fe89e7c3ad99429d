"use client";

import { useLocale } from "next-intl";
import { useMemo, useState } from "react";
import { type DraftForm, type OfferKey, offerLabel, offerOf } from "#components/plans/draft-form";
import { previewOf } from "#components/plans/preview-of";
import { PriceCurve } from "#components/plans/price-curve";
import { priceAt, pricePoints, type Quantities, reachOf } from "#components/plans/price-points";
import { QuantityField } from "#components/plans/quantity-field";
import { Amount, formatAmount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { Select } from "#components/ui/select";
import type { PlanComponent } from "#lib/catalog/plan";
import type { PricedLine } from "#lib/catalog/price-of";

/** What a period costs at any quantity, while the draft is typed. Computed here, by the rater. */
export function PricePreview({ form }: { form: DraftForm }) {
  const [wanted, setWanted] = useState<OfferKey>();
  const [chosen, setChosen] = useState<Quantities>({});
  const [alongKey, setAlong] = useState<string>();
  const offer = form.offers.find((one) => one === wanted) ?? form.offers[0];
  if (!offer) {
    return (
      <Card title="Price">
        <p className="text-muted">Choose a currency and an interval to see a price.</p>
      </Card>
    );
  }
  const { components, lacks } = previewOf(form, offer);
  const counted = components.filter(({ kind }) => kind !== "flat");
  const along = counted.find(({ key }) => key === alongKey) ?? counted.at(-1);
  const quantities = { ...startingQuantities(counted, offer), ...chosen };
  return (
    <Card title="Price" note="of one period, as typed">
      <div className="grid grid-cols-1 gap-4">
        <div className="grid gap-3 sm:grid-cols-2">
          <Select
            name="preview-offer"
            label="Sold in"
            value={offer}
            onChange={(value) => setWanted(value as OfferKey)}
            options={form.offers.map((key) => ({ value: key, label: offerLabel(key) }))}
          />
          {counted.length > 1 && along && (
            <Select
              name="preview-along"
              label="Curve along"
              value={along.key}
              onChange={setAlong}
              options={counted.map(({ key, name }) => ({ value: key, label: name }))}
            />
          )}
        </div>
        <Quantity
          counted={counted}
          offer={offer}
          quantities={quantities}
          onChange={(key, value) => setChosen({ ...chosen, [key]: value })}
        />
        {along && <Curve {...{ components, offer, quantities, along }} />}
        <Lines components={components} offer={offer} quantities={quantities} />
        <Elsewhere form={form} offer={offer} quantities={quantities} />
        {lacks.length > 0 && (
          <ul className="grid gap-1 text-xs text-muted">
            {lacks.map((lack) => (
              <li key={lack}>Not in the total: {lack}.</li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}

type At = { components: readonly PlanComponent[]; offer: OfferKey; quantities: Quantities };

/** A team of ten, and the middle of the curve of whatever is counted. */
function startingQuantities(counted: readonly PlanComponent[], offer: OfferKey): Quantities {
  return Object.fromEntries(
    counted.map((component) => [
      component.key,
      component.kind === "seat" ? 10n : reachOf(component, offerOf(offer), 0n) / 2n,
    ]),
  );
}

function Quantity(props: {
  counted: readonly PlanComponent[];
  offer: OfferKey;
  quantities: Quantities;
  onChange: (key: string, value: bigint) => void;
}) {
  const { counted, offer, quantities, onChange } = props;
  const at = offerOf(offer);
  return counted.map((component) => {
    const value = quantities[component.key] ?? 0n;
    const { currency } = at;
    const isMoney = component.prices[0]?.model === "percentage";
    const of = isMoney ? `in minor units of ${currency.toUpperCase()}` : component.unit;
    return (
      <QuantityField
        key={component.key}
        label={of ? `${component.name} (${of})` : component.name}
        value={value}
        most={reachOf(component, at, value)}
        onChange={(next) => onChange(component.key, next)}
      />
    );
  });
}

function Curve({ components, offer, quantities, along }: At & { along: PlanComponent }) {
  const locale = useLocale();
  const at = offerOf(offer);
  const quantity = quantities[along.key] ?? 0n;
  const points = useMemo(() => {
    const most = reachOf(along, offerOf(offer), quantity);
    return pricePoints(components, offerOf(offer), quantities, { key: along.key, most });
  }, [components, offer, quantities, along, quantity]);
  const { total } = priceAt(components, at, quantities);
  const isMoney = along.prices[0]?.model === "percentage";
  return (
    <PriceCurve
      points={points}
      at={{ quantity, minor: total.minor }}
      currency={at.currency}
      along={along.name}
      sayQuantity={(count) =>
        isMoney
          ? formatAmount({ minor: count, currency: at.currency }, locale)
          : count.toLocaleString(locale)
      }
    />
  );
}

/** The total, line by line. */
function Lines({ components, offer, quantities }: At) {
  const { total, lines } = priceAt(components, offerOf(offer), quantities);
  return (
    <dl aria-live="polite" className="grid gap-1.5 border-t border-separator pt-3">
      {lines.map((line, index) => (
        <Line key={line.key} line={line} component={components[index]} />
      ))}
      <div className="flex justify-between gap-4 border-t border-separator pt-2 font-semibold">
        <dt>Total per {offerOf(offer).interval}</dt>
        <dd>
          <Amount of={total} />
        </dd>
      </div>
    </dl>
  );
}

function Line({ line, component }: { line: PricedLine; component: PlanComponent | undefined }) {
  const locale = useLocale();
  const price = component?.prices[0];
  const isMoney = price?.model === "percentage";
  const count = isMoney
    ? formatAmount({ minor: line.quantity, currency: price.currency }, locale)
    : line.quantity.toLocaleString(locale);
  return (
    <div className="flex justify-between gap-4">
      <dt className="min-w-0 text-muted">
        {line.name}
        {component?.kind === "flat" ? "" : ` × ${count}`}
        {line.correction.minor !== 0n && (
          <span className="block text-xs">
            {line.correction.minor > 0n ? "raised to its minimum" : "cut to its cap"}
          </span>
        )}
      </dt>
      <dd>
        <Amount of={line.amount} />
      </dd>
    </div>
  );
}

/** The same quantities wherever else the version is sold. */
function Elsewhere(props: { form: DraftForm; offer: OfferKey; quantities: Quantities }) {
  const { form, offer, quantities } = props;
  const others = form.offers.filter((one) => one !== offer);
  if (others.length === 0) return null;
  return (
    <dl className="grid gap-1 text-xs">
      {others.map((other) => {
        const { components, lacks } = previewOf(form, other);
        return (
          <div key={other} className="flex justify-between gap-4">
            <dt className="text-muted">In {offerLabel(other)}</dt>
            <dd>
              {lacks.length > 0 ? (
                <span className="text-muted">not complete yet</span>
              ) : (
                <Amount of={priceAt(components, offerOf(other), quantities).total} />
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
