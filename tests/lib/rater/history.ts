import type { PlanComponent } from "#lib/catalog/plan";
import { offerOf, partsOf } from "#lib/catalog/price-of";
import { invariant } from "#lib/errors";
import { boundary, type Period, periodAt } from "#lib/rater/calendar";
import type { Discount } from "#lib/rater/discounts";
import type { LineKind } from "#lib/rater/line";
import { type InvoiceLine, rateInvoice } from "#lib/rater/rate-invoice";
import { rateLine } from "#lib/rater/rate-line";
import type { TaxRate } from "#lib/rater/taxes";
import type { TestPlan } from "#tests/lib/rater/plans";
import type { Cycle } from "#tests/lib/rater/shop";

/** How a change is billed: at once, with the next invoice, or not at all. */
export type Billing = "always_invoice" | "create_prorations" | "none";
export type Coupon = {
  percent?: string;
  amountMinor?: bigint;
  lasts: "once" | "forever" | { months: number };
};
export type Terms = Cycle & {
  plan: TestPlan;
  seats: number;
  start: number;
  trialEnd?: number;
  coupons?: readonly Coupon[];
  tax?: Omit<TaxRate, "id">;
  /** Units a meter counted in a period. */
  usedIn(key: string, period: Period): bigint;
};

/** An invoice as it must be, by what happened alone. Nothing of it was read from Stripe. */
export type Foretold = {
  lines: bigint[];
  subtotal: bigint;
  discount: bigint;
  tax: bigint;
  total: bigint;
  due: bigint;
};

type Item = {
  component: PlanComponent;
  quantity: bigint;
  period: Period;
  debited: bigint;
  /** Since when its price counts, where it took another's place within the period. */
  countsFrom?: number | undefined;
};
type Line = { minor: bigint; item: Item; isProration: boolean };
type Running = Discount & { isOnce: boolean; until: number | null };

/** The books of one subscription, kept from the history of its changes. */
export type Books = {
  foretold: Foretold[];
  /** Bills every period that ends until an instant. */
  passUntil(at: number): void;
  setSeats(at: number, count: number, how: Billing): void;
  switchPlan(at: number, plan: TestPlan, how: Billing): void;
  switchInterval(at: number, plan: TestPlan, interval: Cycle["interval"]): void;
  addComponent(at: number, component: PlanComponent, quantity: bigint, how: Billing): void;
  dropComponent(at: number, key: string, how: Billing): void;
  pause(at: number): void;
  resume(at: number): void;
  /** The end of what is paid for is the end. */
  cancelAtEnd(): void;
  credit(minor: bigint): void;
};

/** Opens the books with the first invoice. */
export function keepBooks(terms: Terms): Books {
  const foretold: Foretold[] = [];
  const state = {
    cycle: { currency: terms.currency, interval: terms.interval } as Cycle,
    anchor: terms.trialEnd ?? terms.start,
    balance: 0n,
    pending: [] as Line[],
    items: [] as Item[],
    trialEnd: terms.trialEnd ?? null,
    isPaused: false,
    isEnding: false,
    discounts: (terms.coupons ?? []).map((coupon, place) => runningFrom(coupon, place, terms)),
  };
  const running = (at: number) => state.discounts.filter(({ until }) => !until || until > at);
  const priceOf = ({ component }: Item) => {
    const offer = offerOf(component, state.cycle);
    invariant(offer, `${component.key} is sold so`);
    return { offer, included: component.included };
  };
  const isUsage = ({ component }: Item) => component.kind === "usage";

  /** What one line comes to, by the rater. */
  const rated = (kind: LineKind, item: Item, at: number, period: Period): bigint => {
    const percents = running(at).flatMap(({ percent }) => percent ?? []);
    const quantity = String(item.quantity);
    const line = { kind, currency: state.cycle.currency, part: null, quantity, period };
    const isBack = kind === "unused";
    const whole = isBack ? item.period : periodAt(state.anchor, state.cycle.interval, at);
    const known = { price: priceOf(item), whole, percents, debitedMinor: item.debited };
    return rateLine(line, known)!.expected.minor;
  };
  const prorated = (kind: "unused" | "remaining", item: Item, at: number): Line[] =>
    isUsage(item)
      ? []
      : [
          {
            item,
            minor: rated(kind, item, at, { from: at, to: item.period.to }),
            isProration: true,
          },
        ];

  /** A line for every part of what a period costs. */
  const partLines = (item: Item, quantity: bigint): Line[] => {
    const { offer, included } = priceOf(item);
    return partsOf(offer, included, quantity).map(({ minor }) => ({
      ...{ item, minor, isProration: false },
    }));
  };
  const usageLines = (item: Item, period: Period, to = period.to) => {
    const counted = { from: item.countsFrom ?? period.from, to };
    return partLines(item, terms.usedIn(item.component.meterKey ?? "", counted));
  };
  /** A metered price leaves within its period: what was used by it is billed by it. */
  const leaving = (item: Item, to: number): Line[] => {
    const counted = { from: item.countsFrom ?? item.period.from, to };
    if (!isUsage(item) || terms.usedIn(item.component.meterKey ?? "", counted) === 0n) return [];
    return usageLines(item, item.period, to);
  };

  const bill = (lines: readonly Line[], at: number, isAlways = false): void => {
    const all = [...state.pending, ...lines];
    state.pending = [];
    if (all.length === 0 && !isAlways) return;
    const discounts = running(at);
    const rated = rateInvoice(
      all.map((line): InvoiceLine => {
        return {
          ...{ minor: line.minor, productId: null, isDiscountable: !line.isProration },
          ...{ discounts: [], creditMinor: 0n },
          taxes: terms.tax ? [{ id: "tax", ...terms.tax }] : [],
        };
      }),
      { discounts, startingBalanceMinor: state.balance },
    );
    state.balance = rated.endingBalanceMinor;
    noteNet(all, rated);
    const used = new Set(rated.lines.flatMap(({ shares }) => shares.map(({ id }) => id)));
    state.discounts = state.discounts.filter(({ id, isOnce }) => !isOnce || !used.has(id));
    foretold.push({
      ...{ lines: all.map(({ minor }) => minor), subtotal: rated.subtotalMinor },
      ...{ discount: rated.discountMinor, tax: rated.taxMinor },
      ...{ total: rated.totalMinor, due: rated.dueMinor },
    });
  };

  /** A later change gives back what was taken, and a discount was not taken. */
  const noteNet = (all: readonly Line[], rated: ReturnType<typeof rateInvoice>): void => {
    const net = new Map<Item, bigint>();
    for (const [place, { item, minor, isProration }] of all.entries()) {
      const off = rated.lines[place]!.shares.reduce((sum, share) => sum + share.minor, 0n);
      if (!isProration && off > 0n) net.set(item, (net.get(item) ?? 0n) + minor - off);
    }
    for (const [item, minor] of net) if (item.debited !== 0n) item.debited = minor;
  };
  const open = (item: Item, period: Period, at: number): void => {
    item.period = period;
    item.countsFrom = undefined;
    item.debited = isUsage(item) ? 0n : rated("remaining", item, at, period);
  };
  const periodLines = (item: Item) => (isUsage(item) ? [] : partLines(item, item.quantity));

  /** Ends the period of every item where it now ends, and opens the next. */
  const renew = (at: number): void => {
    const isTrialEnd = state.trialEnd !== null && at >= state.trialEnd;
    const lines = state.items
      .filter(({ period }) => period.to === at)
      .flatMap((item) => {
        const ended = item.period;
        const used = isUsage(item) ? usageLines(item, ended) : [];
        if (state.isEnding) return used;
        open(item, periodAt(state.anchor, state.cycle.interval, at), at);
        if (!isUsage(item)) return periodLines(item);
        return isTrialEnd ? [] : used;
      });
    if (isTrialEnd) state.trialEnd = null;
    // A trial ends with an invoice, also where nothing is paid in advance.
    bill(lines, at, isTrialEnd);
    if (state.isEnding) state.items = [];
  };

  /** Gives back and charges what a change of an item comes to. */
  const change = (item: Item, after: Partial<Item>, at: number, how: Billing): Line[] => {
    const before = { ...item };
    Object.assign(item, after);
    if (how === "none" || state.trialEnd !== null) return [];
    const used = after.component ? leaving(before, at) : [];
    const lines = [...used, ...prorated("unused", before, at), ...prorated("remaining", item, at)];
    open(item, item.period, at);
    if (after.component && isUsage(item)) item.countsFrom = at;
    return lines;
  };
  const settle = (lines: readonly Line[], at: number, how: Billing): void => {
    if (lines.length === 0) return;
    state.pending.push(...lines);
    if (how === "always_invoice") bill([], at);
  };
  const restart = (at: number, credits: readonly Line[], items: readonly Item[]): void => {
    state.pending.push(...credits);
    state.anchor = at;
    const next = { from: at, to: boundary(at, state.cycle.interval, 1) };
    const lines = items.flatMap((item) => {
      const ended = { from: item.period.from, to: at };
      const used = isUsage(item) && item.countsFrom !== at ? usageLines(item, ended) : [];
      open(item, next, at);
      return isUsage(item) ? used : periodLines(item);
    });
    bill(lines, at);
  };
  const itemOf = (key: string) => {
    const item = state.items.find(({ component }) => component.key === key);
    invariant(item, `${key} is subscribed to`);
    return item;
  };

  const first = {
    from: terms.start,
    to: terms.trialEnd ?? boundary(terms.start, terms.interval, 1),
  };
  state.items = terms.plan.components.map((component) => {
    const quantity = component.kind === "seat" ? BigInt(terms.seats) : 1n;
    return { component, quantity, period: first, debited: 0n };
  });
  if (terms.trialEnd === undefined) {
    for (const item of state.items) open(item, first, terms.start);
    bill(state.items.flatMap(periodLines), terms.start);
  } else {
    const licensed = state.items.filter((item) => !isUsage(item));
    bill(
      licensed.map((item) => ({ item, minor: 0n, isProration: false })),
      terms.start,
    );
  }

  return {
    foretold,
    passUntil(at) {
      for (;;) {
        const next = Math.min(...state.items.map(({ period }) => period.to));
        if (state.isPaused || next > at) return;
        renew(next);
      }
    },
    setSeats(at, count, how) {
      settle(change(itemOf("seats"), { quantity: BigInt(count) }, at, how), at, how);
    },
    switchPlan(at, plan, how) {
      const lines = plan.components.flatMap((component) =>
        change(itemOf(component.key), { component }, at, how),
      );
      settle(lines, at, how);
    },
    switchInterval(at, plan, interval) {
      const unused = state.items.flatMap((item) => prorated("unused", { ...item }, at));
      const used = state.items.flatMap((item) => leaving({ ...item }, at));
      state.cycle = { ...state.cycle, interval };
      for (const component of plan.components) {
        Object.assign(itemOf(component.key), { component, countsFrom: at });
      }
      restart(at, [...unused, ...used], state.items);
    },
    addComponent(at, component, quantity, how) {
      const { to } = periodAt(state.anchor, state.cycle.interval, at);
      const item = { component, quantity, period: { from: at, to }, debited: 0n };
      state.items.push(item);
      const lines = prorated("remaining", item, at);
      open(item, item.period, at);
      settle(lines, at, how);
    },
    dropComponent(at, key, how) {
      const item = itemOf(key);
      state.items = state.items.filter((one) => one !== item);
      const used = how === "none" ? [] : leaving(item, at);
      settle([...used, ...prorated("unused", item, at)], at, how);
    },
    pause(at) {
      const used = state.items.filter(isUsage).flatMap((item) => usageLines(item, item.period, at));
      bill([...used, ...state.items.flatMap((item) => prorated("unused", item, at))], at);
      state.isPaused = true;
    },
    resume(at) {
      state.isPaused = false;
      state.anchor = at;
      const next = { from: at, to: boundary(at, state.cycle.interval, 1) };
      for (const item of state.items) open(item, next, at);
      bill(state.items.flatMap(periodLines), at);
    },
    cancelAtEnd() {
      state.isEnding = true;
    },
    credit(minor) {
      state.balance -= minor;
    },
  };
}

function runningFrom(
  { percent, amountMinor, lasts }: Coupon,
  place: number,
  terms: Terms,
): Running {
  const months = typeof lasts === "object" ? lasts.months : null;
  return {
    ...{ id: `coupon ${place}`, percent: percent ?? null, amountMinor: amountMinor ?? null },
    ...{ productIds: null, isOnce: lasts === "once" },
    until: months === null ? null : boundary(terms.start, "month", months),
  };
}
