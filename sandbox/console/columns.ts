import { type Cell, idLink, stamp, state } from "#sandbox/console/parts";
import type { Place } from "#sandbox/console/place";
import { moneyText } from "#sandbox/console/words";
import { asOfNow } from "#sandbox/payments/balance";
import type { LedgerRow } from "#sandbox/payments/ledger";
import type { Kind } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { isObject, show } from "#sandbox/store/views";

export type Json = Record<string, unknown>;

/** An object as the API shows it now. */
export function shown(place: Place, row: Row, account = place.account): Json {
  const world = place.world.as(account);
  if (row.kind === "balance_transaction") return asOfNow(world, row.object as LedgerRow);
  return inOrder(show(world, row.object));
}

// As Stripe writes them: the id, what it is, and the rest by name.
function inOrder(object: Json): Json {
  const { id, object: kind, ...rest } = object;
  const named = Object.entries(rest).sort(([left], [right]) => (left < right ? -1 : 1));
  return { id, object: kind, ...Object.fromEntries(named) };
}

/** What one object is, in the words its owner would use. */
export function nameOf(object: Json): string {
  for (const path of names) {
    const found = path.reduce<unknown>((at, step) => (isObject(at) ? at[step] : undefined), object);
    if (typeof found === "string" && found !== "") return found;
  }
  return "";
}

const names: readonly (readonly string[])[] = [
  ...[["display_name"], ["name"], ["email"], ["contact_email"], ["nickname"], ["number"]],
  ...[["code"], ["lookup_key"], ["alias"], ["event_name"], ["url"], ["description"]],
  ...[["card", "last4"], ["last4"], ["report_type"], ["value"]],
];

const amounts = [
  ...["amount", "amount_total", "total", "unit_amount", "amount_due", "amount_off", "amount_paid"],
];

/** The amount that matters of an object, with its currency. */
export function amountOf(object: Json): { minor: number; currency: string } | undefined {
  const { currency } = object;
  const name = amounts.find((each) => typeof object[each] === "number");
  const minor = name === undefined ? undefined : object[name];
  if (typeof minor === "number" && typeof currency === "string") return { minor, currency };
  return undefined;
}

/** The word for how an object stands. */
export function statusOf(row: Row, object: Json): string {
  if (row.isDeleted) return "deleted";
  const { status, state: word, active, open } = object;
  if (typeof status === "string") return status;
  if (typeof word === "string") return word;
  if (typeof active === "boolean") return active ? "active" : "inactive";
  if (typeof open === "boolean") return open ? "open" : "closed";
  return "";
}

/** When an object was made, in unix seconds, whichever way it says so. */
export function madeAt(object: Json): number | undefined {
  const { created, timestamp } = object;
  if (typeof created === "number") return created;
  if (typeof created === "string") return Math.floor(Date.parse(created) / 1000);
  return typeof timestamp === "number" ? timestamp : undefined;
}

/** Columns beyond id, name, status, amount and time, where a kind has some that matter. */
const further: Partial<Record<Kind, readonly string[]>> = {
  application_fee: ["account", "charge"],
  balance_transaction: ["type", "source", "fee", "net", "available_on"],
  charge: ["customer", "payment_intent", "amount_refunded"],
  credit_note: ["customer", "invoice"],
  customer: ["balance"],
  dispute: ["charge", "reason"],
  event: ["type"],
  invoice: ["customer", "amount_due", "next_payment_attempt"],
  invoiceitem: ["customer", "invoice"],
  payment_intent: ["customer", "latest_charge"],
  payment_method: ["customer", "type"],
  payout: ["arrival_date", "method", "failure_code"],
  price: ["product", "type"],
  refund: ["charge", "reason"],
  setup_intent: ["customer", "payment_method"],
  subscription: ["customer", "latest_invoice", "cancel_at"],
  subscription_item: ["subscription", "quantity"],
  subscription_schedule: ["customer", "subscription"],
  "test_helpers.test_clock": ["frozen_time"],
  transfer: ["destination", "source_transaction"],
  transfer_reversal: ["transfer"],
};

const timeFields = ["available_on", "arrival_date", "cancel_at", "frozen_time", "created"];
const timesOf = new Set([...timeFields, "next_payment_attempt"]);
const moneyFields = new Set(["fee", "net", "amount_due", "amount_refunded", "balance"]);

/** What a table of a kind shows. */
export function columnsFor(kind: Kind): { head: string; align?: "end" }[] {
  return [
    { head: "Id" },
    { head: "Name" },
    { head: "Status" },
    { head: "Amount", align: "end" as const },
    ...(further[kind] ?? []).map((field) => ({
      head: headOf(field),
      ...(moneyFields.has(field) ? { align: "end" as const } : {}),
    })),
    { head: "Created" },
  ].filter(({ head }) => head !== "Amount" || !amountless.has(kind));
}

const amountless = new Set<Kind>([
  ...(["customer", "event", "product", "payment_method", "setup_intent"] as const),
  ...(["subscription", "subscription_schedule", "subscription_item"] as const),
  ...(["webhook_endpoint", "v2.core.event", "v2.core.account"] as const),
]);

/** One object as a row of a table of its kind. */
export function cellsFor(place: Place, row: Row, account = place.account): Cell[] {
  const object = shown(place, row, account);
  const amount = amountOf(object);
  return [
    idLink(place, String(object.id), account),
    nameOf(object),
    state(statusOf(row, object)),
    ...(amountless.has(row.kind) ? [] : [amount ? moneyText(amount.minor, amount.currency) : ""]),
    ...(further[row.kind] ?? []).map((field) => fieldCell(place, object, field)),
    stamp(place, madeAt(object)),
  ];
}

/** One object as a row beside others that belong to the same. */
export function briefCells(place: Place, row: Row, account: string): Cell[] {
  const object = shown(place, row, account);
  const amount = amountOf(object);
  return [
    idLink(place, String(object.id), account),
    nameOf(object) || String(object.type ?? object.reason ?? ""),
    state(statusOf(row, object)),
    amount ? moneyText(amount.minor, amount.currency) : "",
    stamp(place, madeAt(object)),
  ];
}

/** What `briefCells` shows. */
export const briefColumns = [
  ...[{ head: "Id" }, { head: "What" }, { head: "Status" }],
  ...[{ head: "Amount", align: "end" as const }, { head: "Created" }],
];

/** One field of an object as a cell: a time, an amount, a link or a word. */
function fieldCell(place: Place, object: Json, field: string): Cell {
  const value = object[field];
  if (value === null || value === undefined) return "";
  if (typeof value === "number" && timesOf.has(field)) return stamp(place, value);
  if (typeof value === "number" && moneyFields.has(field)) {
    return typeof object.currency === "string" ? moneyText(value, object.currency) : String(value);
  }
  if (typeof value === "string" && /^[a-z]+(_test)?_\w{6,}$/.test(value) && /\d/.test(value)) {
    return idLink(place, value);
  }
  return typeof value === "object" ? "" : String(value);
}

function headOf(field: string): string {
  const words = field.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
