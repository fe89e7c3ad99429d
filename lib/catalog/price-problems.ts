import type { ComponentKind, ComponentPrice, PricingModel, Tier } from "#lib/catalog/plan";
import { type Report, said } from "#lib/catalog/problem";
import { currencies } from "#lib/money/currency";

type Priced = { kind: ComponentKind; name: string; included: string; price: ComponentPrice };

/** The models each kind can have; the rest is refused with what to take instead. */
const modelsOf: Record<ComponentKind, readonly PricingModel[]> = {
  flat: ["per_unit"],
  seat: ["per_unit", "graduated", "volume", "package"],
  usage: ["per_unit", "graduated", "volume", "package", "percentage"],
};

/** Stripe's amounts have at most eight digits: https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts */
const mostMinor = 99_999_999n;
const mostUnits = 1_000_000_000_000n;

/** What is wrong with one price. Amounts below a minor unit are fine where usage is counted. */
export function findPriceProblems(priced: Priced, at: string, report: Report): void {
  const { kind, name, price, included } = priced;
  if (!modelsOf[kind].includes(price.model)) {
    const able = modelsOf[kind].join(", ");
    report(`${at}.model`, `${name} is ${kind}: price it ${able}, not ${price.model}.`);
    return;
  }
  if (/^\d*[1-9]/.test(included) && (price.model === "volume" || price.model === "package")) {
    const mend = "price it graduated or per unit, or include nothing";
    const message = `${name} includes units, which Stripe cannot bill by ${price.model}: ${mend}.`;
    report(`${at}.model`, message);
  }
  findUnused(priced, at, report);
  findAmounts(priced, at, report);
  findBounds(priced, at, report);
}

/** A part another model would use is somebody's mistake, so it is said and not dropped. */
function findUnused({ name, price }: Priced, at: string, report: Report): void {
  const { model } = price;
  const used = {
    unitMinor: model === "per_unit" || model === "package",
    tiers: model === "graduated" || model === "volume",
    packageSize: model === "package",
    percent: model === "percentage",
  };
  for (const part of Object.keys(used) as (keyof typeof used)[]) {
    if (price[part] !== null && !used[part]) {
      report(`${at}.${part}`, `${name} is priced ${model}, which has no ${part}: leave it out.`);
    }
    if (price[part] === null && used[part]) {
      report(`${at}.${part}`, `${name} is priced ${model}: say its ${part}.`);
    }
  }
}

function findAmounts({ kind, name, price }: Priced, at: string, report: Report): void {
  const { unitMinor, packageSize, percent, tiers, currency } = price;
  const isWhole = kind !== "usage";
  if (unitMinor !== null)
    checkAmount({ name, currency, isWhole }, unitMinor, `${at}.unitMinor`, report);
  if (packageSize !== null) {
    checkCount(`A package of ${name} holds`, packageSize, `${at}.packageSize`, report);
  }
  if (percent !== null && !isPercent(percent)) {
    const mend = "write 0 to 100 with at most 10 decimals, such as 2.9";
    report(`${at}.percent`, `${name} costs ${said(percent)} percent: ${mend}.`);
  }
  if (tiers === null) return;
  checkOrder(name, tiers, at, report);
  for (const [place, { unitMinor: unit, flatMinor }] of tiers.entries()) {
    checkAmount({ name, currency, isWhole }, unit, `${at}.tiers.${place}.unitMinor`, report);
    const flat = { name, currency, isWhole: true };
    checkAmount(flat, flatMinor, `${at}.tiers.${place}.flatMinor`, report);
  }
}

/** A tier begins where the one before it ends, so only their order can be wrong, and the last. */
function checkOrder(name: string, tiers: readonly Tier[], at: string, report: Report): void {
  if (tiers.length === 0) report(`${at}.tiers`, `${name} has no tier: add at least one.`);
  let below = 0n;
  for (const [place, { upTo }] of tiers.entries()) {
    const field = `${at}.tiers.${place}.upTo`;
    const which = `Tier ${place + 1} of ${name}`;
    const isLast = place === tiers.length - 1;
    if (upTo === null) {
      if (!isLast) report(field, `${which} has no end, so nothing reaches the next: give it one.`);
      continue;
    }
    if (isLast) {
      report(field, `${which} is the last: leave its end open, or more than that has no price.`);
    }
    if (!checkCount(`${which} ends at`, upTo, field, report)) continue;
    if (BigInt(upTo) <= below) {
      report(field, `${which} ends at ${upTo}, where tier ${place} ended at ${below}: go higher.`);
    }
    below = BigInt(upTo);
  }
}

function findBounds({ kind, name, price }: Priced, at: string, report: Report): void {
  const { currency, minimumMinor, capMinor } = price;
  for (const part of ["minimumMinor", "capMinor"] as const) {
    const amount = price[part];
    if (amount === null) continue;
    if (kind !== "usage") {
      report(`${at}.${part}`, `${name} is ${kind}: only usage has a minimum or a cap.`);
    } else checkAmount({ name, currency, isWhole: true }, amount, `${at}.${part}`, report);
  }
  const areWhole = /^\d{1,8}$/.test(minimumMinor ?? "") && /^\d{1,8}$/.test(capMinor ?? "");
  if (areWhole && BigInt(minimumMinor!) > BigInt(capMinor!)) {
    const message = `${name} costs at least ${minimumMinor} and at most ${capMinor}: swap them.`;
    report(`${at}.capMinor`, message);
  }
}

type Amount = { name: string; currency: ComponentPrice["currency"]; isWhole: boolean };

function checkAmount(amount: Amount, text: string, at: string, report: Report): void {
  const problem = problemOf(amount, text);
  const code = amount.currency.toUpperCase();
  const costs = `${amount.name} costs ${said(text)} minor units of ${code}`;
  if (problem) report(at, `${costs}${problem}`);
}

function problemOf({ currency, isWhole }: Amount, text: string): string | null {
  if (text.startsWith("-")) return ": write 0 or more.";
  if (!/^\d+(\.\d+)?$/.test(text)) return ": write a number such as 1200.";
  const [whole = "", fraction = ""] = text.split(".");
  if (BigInt(whole) > mostMinor) return `: Stripe takes at most ${mostMinor}.`;
  if (fraction.length > 12) return ": write at most 12 decimals.";
  if (!isWhole || !/[1-9]/.test(fraction)) return null;
  return currencies[currency].decimals === 0
    ? ", which has no smaller unit: write a whole number."
    : ": write whole minor units, only usage is priced below one.";
}

function checkCount(what: string, text: string, at: string, report: Report): boolean {
  const isCount = /^\d{1,13}$/.test(text) && BigInt(text) >= 1n && BigInt(text) <= mostUnits;
  if (isCount) return true;
  report(at, `${what} ${said(text)} units: write a whole number from 1 to ${mostUnits}.`);
  return false;
}

function isPercent(text: string): boolean {
  return /^\d{1,3}(\.\d{1,10})?$/.test(text) && Number(text) <= 100;
}
