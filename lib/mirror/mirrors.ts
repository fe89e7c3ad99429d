import { billingMirrors, catalogMirrors } from "#lib/mirror/billing-mirrors";
import type { Mirror } from "#lib/mirror/mirror";
import { moneyMirrors } from "#lib/mirror/money-mirrors";
import type { StripeObjects, StripeObjectType } from "#lib/stripe/object-types";

/** Every type of Stripe's objects that Lockstep shows or counts, and how it is mirrored. */
export const mirrors: { readonly [Type in StripeObjectType]: Mirror<StripeObjects[Type]> } = {
  ...catalogMirrors,
  ...billingMirrors,
  ...moneyMirrors,
};

type AnyPart = { table: string; parent: string };
type AnyMirror = { table: string; parts?: readonly AnyPart[] };

/** The names of every table that mirrors something, parts of objects among them. */
export const mirrorTables: readonly string[] = Object.values<AnyMirror>(mirrors).flatMap(
  ({ table, parts = [] }) => [table, ...parts.map((part) => part.table)],
);
