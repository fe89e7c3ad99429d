import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { StripeGateway } from "#lib/stripe/gateway";

/** A fact that convergence found. Its reference is unique, so what hangs on it happens once. */
export type Fact = {
  reference: string;
  kind: string;
  tenantId: string | null;
  data: Record<string, string | number | boolean | null>;
};

/** An object as Stripe had it at an instant. */
export type Seen<Stripe> = { object: Stripe; instant: Date; ctx: Context };

/**
 * How a mirror converges on one type of object. A domain writes it; this folder runs it. Nothing in
 * it may depend on order: the newest object wins, an equal instant is asked for again.
 */
export type Converger<Stripe = unknown> = {
  /** Whose objects it is about. A connected account writes its own events, so others' are none. */
  of: "platform" | "accounts";
  /** The audit log's name for what is written. */
  action: string;
  /** The object as Stripe has it now, or null where it is gone. Runs outside any transaction. */
  fetch(gateway: StripeGateway, id: string, account: string): Promise<Stripe | null>;
  /** For which instant the mirror speaks; null where there is none yet. */
  instantOf(tx: Tx, id: string): Promise<Date | null>;
  /** Writes the mirror unless it is newer, and says what is now a fact. Undefined: not ours. */
  apply(tx: Tx, seen: Seen<Stripe>): Promise<Fact[] | undefined>;
  /** What follows from a fact, once, in the same transaction. */
  effects: Readonly<Record<string, (tx: Tx, fact: Fact, ctx: Context) => Promise<void>>>;
};

/** Which converger handles an event's type; undefined for a type nobody acts on. */
export type Convergers = (type: string) => Converger | undefined;
