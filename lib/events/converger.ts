import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { StripeGateway } from "#lib/stripe/gateway";

/** One object of Stripe's: whose it is (empty: the platform's own) and its id there. */
export type ObjectKey = { account: string; id: string };

/** A fact that convergence found. Its reference is unique, so what hangs on it happens once. */
export type Fact = {
  reference: string;
  kind: string;
  tenantId: string | null;
  data: Record<string, string | number | boolean | null>;
  /** When it came to be, where the object itself says so; else it is as old as what was seen. */
  at?: Date;
};

/** An object as Stripe had it at an instant, and the event that told of it, where one did. */
export type Seen<Stripe = unknown> = ObjectKey & {
  object: Stripe;
  instant: Date;
  isDeleted: boolean;
  eventId: string | null;
  traceId: string;
  /** When Stripe was asked for this state, where no event tells of it: it is as late as that. */
  askedAt?: Date;
};

/** An object that was written to its mirror, and the tenant whose it is, where it is one's. */
export type Owned<Stripe = unknown> = Seen<Stripe> & { tenantId: string | null };

/** What the mirror holds of an object. */
export type Mirrored = ObjectKey & { instant: Date; object: unknown; isDeleted: boolean };

/** An object that was written, whose it is where that is known, and the facts it yields. */
export type Found = { seen: Seen & { tenantId?: string | null }; facts: Fact[] };

/**
 * How mirrors of one type of object converge. `lib/mirror` makes one from a mirror's declaration;
 * this folder runs it, for many objects at once. Nothing in it may depend on order: the newest
 * object wins, an equal instant is asked for again.
 */
export type Converger = {
  /** Stripe changes it no more. */
  isFinal(object: unknown): boolean;
  /** How far along its life it is. Of two states of one second the further one is the later. */
  rank(object: unknown): number;
  /** An event may bring only the beginning of a list inside the object. */
  isWhole(object: unknown): boolean;
  /** The object as Stripe has it now, or null where it is gone. Runs outside any transaction. */
  fetch(gateway: StripeGateway, key: ObjectKey): Promise<unknown>;
  /** For which instants the mirror speaks, by `keyOf`; nothing for what it does not have. */
  readInstants(tx: Tx, keys: readonly ObjectKey[]): Promise<Map<string, Date>>;
  /** The mirror's rows, by `keyOf`. */
  readRows(tx: Tx, keys: readonly ObjectKey[]): Promise<Map<string, Mirrored>>;
  /** Writes the mirror where it is not newer, and answers for those alone what is now a fact. */
  apply(tx: Tx, seen: readonly Seen[], ctx: Context): Promise<Found[]>;
};

/** How mirrors of a type are compared with Stripe's live objects. */
export type Sampler = Pick<Converger, "fetch" | "readRows" | "isWhole"> & {
  /** Some mirrors, drawn at random. */
  sample(tx: Tx, count: number): Promise<Mirrored[]>;
  /** Mirrors in the order of their ids, after one; of one tenant where it is named. */
  walk(tx: Tx, from: Walk): Promise<Mirrored[]>;
  /** The ids of an account's mirrors that are not deleted and were made in this time. */
  idsBetween(tx: Tx, among: Among): Promise<string[]>;
  /** The fields that differ; null is an object Stripe no longer has. */
  compare(mirrored: Mirrored, live: unknown): Difference[];
};

export type Walk = { account: string; after: string; count: number; tenantId?: string | undefined };
/** The beginning and the end belong to it; null is open. */
export type Among = {
  account: string;
  from: Date | null;
  to: Date | null;
  customer?: string | undefined;
};

/** A field in which two states of one object differ, by its path: `items.data.0.quantity`. */
export type Difference = { path: string; mirror: JsonValue; live: JsonValue };
type JsonValue = string | number | boolean | null | JsonValue[] | { [name: string]: JsonValue };

/** Which converger handles a type of object; undefined for a type nobody mirrors. */
export type Convergers = (objectType: string) => Converger | undefined;

/** What follows from facts that are new, and from the objects that were written with them. */
export type Effects = (
  tx: Tx,
  facts: readonly Fact[],
  ctx: Context,
  written?: readonly Found["seen"][],
) => Promise<void>;

/** An object's name inside one process. */
export function keyOf({ account, id }: ObjectKey): string {
  return `${account} ${id}`;
}
