import type { Tx } from "#lib/db/client";
import type { FeePolicy } from "#lib/db/generated/client";
import { Refusal } from "#lib/errors";
import type { FeePolicyStatus, FeeRules } from "#lib/selling/fee-policy";

/** A fee policy as the console shows it. */
export type PolicyView = {
  id: string;
  number: number | null;
  status: FeePolicyStatus;
  /** Published, and the one that payments opened now are asked about. */
  isInForce: boolean;
  name: string;
  rules: FeeRules;
  returnsFee: boolean;
  effectiveAt: Date | null;
  publishedAt: Date | null;
  retiredAt: Date | null;
  createdAt: Date;
  revision: number;
};

export function toPolicy(row: FeePolicy, inForce: string | null): PolicyView {
  const { id, number, status, name, returnsFee, revision } = row;
  const { effectiveAt, publishedAt, retiredAt, createdAt } = row;
  return {
    ...{ id, number, status, name, returnsFee, revision, isInForce: id === inForce },
    ...{ effectiveAt, publishedAt, retiredAt, createdAt, rules: row.rules as FeeRules },
  };
}

/** The policy that is asked at an instant: of those published, the one that began last. */
export function policyAt(tx: Tx, at: Date): Promise<FeePolicy | null> {
  return tx.feePolicy.findFirst({
    where: { status: "published", effectiveAt: { lte: at } },
    orderBy: { effectiveAt: "desc" },
  });
}

/** A policy that this transaction holds, so that two people decide about it in turn. */
export async function lockPolicy(tx: Tx, id: string): Promise<FeePolicy> {
  await tx.$queryRaw`select from fee_policies where id = ${id} for update`;
  const row = await tx.feePolicy.findUnique({ where: { id } });
  if (!row) throw new Refusal("not_found", "There is no such fee policy.");
  return row;
}
