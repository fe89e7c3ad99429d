import type { DraftContent } from "#lib/catalog/input";
import type { PlanComponent, PlanKind } from "#lib/catalog/plan";
import { findPriceProblems } from "#lib/catalog/price-problems";
import { type DraftProblem, type Report, said } from "#lib/catalog/problem";

/** Everything that is wrong with a draft. Pure, so that the editor says it while somebody types. */
export function findDraftProblems(
  draft: DraftContent,
  about: { kind: PlanKind; meterKeys: readonly string[] },
): DraftProblem[] {
  const problems: DraftProblem[] = [];
  const report: Report = (field, message, blocks = "save") =>
    problems.push({ field, message, blocks });

  findTwins(draft.features, "features", report);
  for (const [place, { meterKey, name, limit }] of draft.features.entries()) {
    if (meterKey === undefined) continue;
    const field = `features.${place}.meterKey`;
    if (!about.meterKeys.includes(meterKey)) report(field, noMeter(name, meterKey));
    if (limit === undefined) {
      report(`features.${place}.limit`, `${name} counts a meter: say how many there are.`);
    }
  }

  findTwins(draft.components, "components", report);
  const onlyOne = draft.components.filter(({ kind }) => kind === "seat").length > 1;
  if (onlyOne) report("components", "Seats are counted once: keep one seat component.");
  for (const [place, component] of draft.components.entries()) {
    findComponentProblems(component, `components.${place}`, about.meterKeys, report);
  }
  findOfferGaps(draft.components, report);
  if (about.kind === "add_on") findAddOnProblems(draft, report);
  return problems;
}

function findComponentProblems(
  { kind, name, meterKey, included, prices }: PlanComponent,
  field: string,
  meterKeys: readonly string[],
  report: Report,
): void {
  if (kind === "usage" && meterKey === null) {
    report(`${field}.meterKey`, `${name} is usage: choose the meter that counts it.`, "publish");
  }
  if (kind !== "usage" && meterKey !== null) {
    report(`${field}.meterKey`, `${name} is not usage: take the meter away.`);
  }
  if (meterKey !== null && !meterKeys.includes(meterKey)) {
    report(`${field}.meterKey`, noMeter(name, meterKey));
  }
  if (!/^\d{1,13}$/.test(included)) {
    report(
      `${field}.included`,
      `${name} includes ${said(included)}: write a whole number of units, 0 or more.`,
    );
  } else if (kind === "flat" && BigInt(included) > 0n) {
    report(`${field}.included`, `${name} is flat: it includes nothing to count, write 0.`);
  }
  const seen = new Set<string>();
  for (const [place, price] of prices.entries()) {
    const at = `${field}.prices.${place}`;
    const offer = `${price.currency.toUpperCase()} per ${price.interval}`;
    if (seen.has(offer)) report(`${at}.currency`, `${name} has two prices in ${offer}: keep one.`);
    seen.add(offer);
    findPriceProblems({ kind, name, included, price }, at, report);
  }
  if (prices.length === 0) {
    report(`${field}.prices`, `${name} has no price: add one in each currency.`, "publish");
  }
}

/** Every component is billed together, so each needs a price wherever another has one. */
function findOfferGaps(components: readonly PlanComponent[], report: Report): void {
  const offers = new Map(
    components.flatMap(({ prices }) =>
      prices.map(({ currency, interval }) => [`${currency}/${interval}`, { currency, interval }]),
    ),
  );
  for (const [place, { name, prices }] of components.entries()) {
    if (prices.length === 0) continue;
    const has = new Set(prices.map(({ currency, interval }) => `${currency}/${interval}`));
    for (const [key, { currency, interval }] of offers) {
      if (has.has(key)) continue;
      const offer = `${currency.toUpperCase()} per ${interval}`;
      const mend = `add it, or take ${offer} away from the others`;
      report(`components.${place}.prices`, `${name} has no price in ${offer}: ${mend}.`, "publish");
    }
  }
}

function findAddOnProblems({ components, trialDays }: DraftContent, report: Report): void {
  if (trialDays > 0) {
    report("trialDays", "An add-on has no trial of its own: the plan beside it has. Write 0.");
  }
  if (components.some(({ kind }) => kind === "seat")) {
    report("components", "Seats belong to the plan: make this component flat or usage.");
  }
  if (components.length === 0) {
    report("components", "An add-on is bought: add what it costs.", "publish");
  }
}

function findTwins(
  parts: readonly { key: string; name: string }[],
  field: "features" | "components",
  report: Report,
): void {
  const seen = new Set<string>();
  for (const [place, { key, name }] of parts.entries()) {
    if (seen.has(key)) {
      const message = `The key ${key} is taken by another of the ${field}: give ${name} its own.`;
      report(`${field}.${place}.key`, message);
    }
    seen.add(key);
  }
}

function noMeter(name: string, meterKey: string): string {
  return `${name} names the meter ${meterKey}, which does not exist: make it or choose another.`;
}
