import type { Fact } from "#lib/events/converger";
import { instantFrom } from "#lib/stripe/objects";

type Value = string | bigint | boolean | Date | null;
type Of<Stripe, T extends Value> = (object: Stripe) => T | undefined;

/** A column beside the raw object: its SQL type, and where its value is found. */
export type Column<Stripe> = {
  type: "text" | "bigint" | "boolean" | "timestamptz";
  of(object: Stripe): Value | undefined;
};

/** Rows that come inside an object and have a table of their own, like an invoice's lines. */
export type Part<Parent, Stripe> = {
  table: string;
  /** The column that names the object they are part of. */
  parent: string;
  of(object: Parent): readonly Stripe[];
  columns: Record<string, Column<Stripe>>;
};

/** How one type of Stripe's objects is mirrored: the table, its columns, its end and its parts. */
export type Mirror<Stripe> = {
  table: string;
  columns: Record<string, Column<Stripe>>;
  /** Stripe changes it no more, so nothing has to be asked again about it. */
  isFinal?(object: Stripe): boolean;
  /**
   * How far along its life it is, where Stripe never goes back: what differs in rank has an order
   * though both are of one second. What could ever sink must not be counted.
   */
  rank?(object: Stripe): number;
  /** An event brings the first of a long list alone; then the whole object is asked for. */
  isWhole?(object: Stripe): boolean;
  /**
   * Fields that Stripe changes without an event, so that no mirror knows how they are now. They are
   * read, if at all, where the object has just been asked for.
   */
  silent?: readonly string[];
  /** Lists of objects whose order means nothing, by their path: Stripe tells them in any. */
  unordered?: readonly string[];
  /** What is a fact of a tenant's by this object alone. */
  facts?(object: Stripe): Omit<Fact, "tenantId">[];
  parts?: readonly Part<Stripe, unknown>[];
  /** An object that names no customer is the tenant's whose object this column names. */
  through?: Through;
};

/** Another mirror's table, and the column here that holds an id there. */
export type Through = { table: string; column: string };

export const text = <Stripe>(of: Of<Stripe, string | null>): Column<Stripe> => ({
  type: "text",
  of,
});
/** Minor units. */
export const minor = <Stripe>(
  of: (object: Stripe) => number | null | undefined,
): Column<Stripe> => ({
  type: "bigint",
  of: (object) => wholeOf(of(object)),
});
export const yes = <Stripe>(of: Of<Stripe, boolean | null>): Column<Stripe> => ({
  type: "boolean",
  of,
});
/** Stripe's seconds. */
export const at = <Stripe>(of: (object: Stripe) => number | null | undefined): Column<Stripe> => ({
  type: "timestamptz",
  of: (object) => {
    const seconds = of(object);
    return typeof seconds === "number" ? instantFrom(seconds) : null;
  },
});

function wholeOf(value: number | null | undefined): bigint | null {
  return typeof value === "number" ? BigInt(value) : null;
}
