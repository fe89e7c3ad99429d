import type { Prisma } from "#lib/db/generated/client";
import type { NodeKind } from "#lib/trace/node";

/** Every way from one thing to the next, by its name. */
export const edgeNames = [
  ...(["counted", "told", "billed", "settled_late", "line", "credited", "paid_by"] as const),
  ...(["made_by", "charged_by", "charged", "refunded", "disputed", "passed_on"] as const),
  ...([
    "refunded_early",
    "received",
    "shared",
    "fee_returned",
    "reversed",
    "taken_back",
    "settled",
  ] as const),
  ...([
    "cost",
    "dispute_cost",
    "paid_out",
    "sent_back",
    "arrived",
    "entered",
    "corrected",
  ] as const),
] as const;
export type EdgeName = (typeof edgeNames)[number];

/**
 * How one kind of thing leads to another, walked by an index either way. Both statements read
 * `w.scope` and `w.id` (`w.num`) of where they begin, and answer with (scope, id) of where they
 * lead.
 */
export type Edge = {
  readonly name: EdgeName;
  readonly from: readonly NodeKind[];
  readonly to: NodeKind;
  /**
   * Many go into one that holds others too: a payout's balance transactions, an invoice's lines.
   * Whoever came up into it does not go down again: what else is in it is another's story.
   */
  readonly gathers?: true;
  readonly forward: Prisma.Sql;
  /** `of`: the thing itself names what it was made from, and is of that alone. */
  readonly backward: Prisma.Sql | "of";
};
