import type { TenantPermission } from "#lib/tenancy/permissions";

/** Where in the way of money something stands, from what was used to the bank. */
export const stages = [
  ...(["usage", "line", "invoice", "payment", "charge", "share", "balance", "payout"] as const),
  ...(["bank", "journal"] as const),
] as const;
export type Stage = (typeof stages)[number];

type Row = {
  readonly stage: Stage;
  /** How Stripe's ids of it, or ours, begin. Empty: by no prefix. */
  readonly prefixes: readonly string[];
  /** What a tenant's people must be allowed to see it. */
  readonly permission: TenantPermission;
  /** It moves a balance: of the platform's own, tenants see none. */
  readonly isOfBalance?: true;
};

const none: readonly string[] = [];

/** Everything a trace leads through. */
export const nodeKinds = {
  usage_event: { stage: "usage", prefixes: none, permission: "usage:read" },
  meter_event: { stage: "usage", prefixes: ["ufl_"], permission: "usage:read" },
  invoice_line: { stage: "line", prefixes: ["il_"], permission: "billing:read" },
  invoice: { stage: "invoice", prefixes: ["in_"], permission: "billing:read" },
  credit_note: { stage: "invoice", prefixes: ["cn_"], permission: "billing:read" },
  invoice_payment: { stage: "payment", prefixes: ["inpay_"], permission: "billing:read" },
  payment_intent: { stage: "payment", prefixes: ["pi_"], permission: "payments:read" },
  charge: { stage: "charge", prefixes: ["ch_", "py_"], permission: "payments:read" },
  refund: { stage: "charge", prefixes: ["re_", "pyr_"], permission: "payments:read" },
  dispute: { stage: "charge", prefixes: ["du_", "dp_"], permission: "payments:read" },
  application_fee: { stage: "share", prefixes: ["fee_"], permission: "payments:read" },
  fee_refund: { stage: "share", prefixes: ["fr_"], permission: "payments:read" },
  transfer: { stage: "share", prefixes: ["tr_"], permission: "payments:read" },
  transfer_reversal: { stage: "share", prefixes: ["trr_"], permission: "payments:read" },
  balance_transaction: {
    ...({ stage: "balance", prefixes: ["txn_"], permission: "payouts:read" } as const),
    isOfBalance: true,
  },
  payout: { stage: "payout", prefixes: ["po_"], permission: "payouts:read", isOfBalance: true },
  bank: { stage: "bank", prefixes: none, permission: "payouts:read", isOfBalance: true },
  entry: { stage: "journal", prefixes: none, permission: "payouts:read", isOfBalance: true },
} as const satisfies Record<string, Row>;

export type NodeKind = keyof typeof nodeKinds;
export const nodeKindNames = Object.keys(nodeKinds) as [NodeKind, ...NodeKind[]];

/**
 * What a node is found by. The scope is the account it is in ("": the platform's own), of usage
 * the tenant, of an entry its book.
 */
export type NodeKey = { readonly kind: NodeKind; readonly scope: string; readonly id: string };

/** What a reader should know of a node beside its figures. */
export type NodeNote = "not_itemised" | "awaited" | "voided" | "not_billed" | "missing";

/** One thing of a trace. */
export type TraceNode = NodeKey & {
  readonly tenantId: string | null;
  readonly at: Date | null;
  readonly amount: { readonly minor: bigint; readonly currency: string } | null;
  /** Of usage, in the meter's unit; of a line, what was billed. */
  readonly quantity: string | null;
  /** Of a line of usage, what our own count of its period comes to. */
  readonly counted: string | null;
  readonly state: string | null;
  /** What a person calls it: an invoice's number, an entry's reference, a meter. */
  readonly name: string | null;
  readonly note: NodeNote | null;
  /** The id of what it was made from, of a balance transaction and of an entry. */
  readonly of: string | null;
};

/** One text for a node's key, to tell nodes apart by. */
export function keyOf({ kind, scope, id }: NodeKey): string {
  return `${kind} ${scope} ${id}`;
}

/** Which kind of thing an id of Stripe's is by how it begins; null where that does not say. */
export function kindOfId(id: string): NodeKind | null {
  const prefix = /^[a-z]+_/.exec(id)?.[0];
  if (prefix === undefined) return null;
  const has = (kind: NodeKind) => (nodeKinds[kind].prefixes as readonly string[]).includes(prefix);
  return nodeKindNames.find(has) ?? null;
}
