import type { ChangeChoice, ChangeKind, ChangeStatus } from "#lib/billing/change";
import type { SubscriptionChange } from "#lib/db/generated/client";
import { isCurrency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";

/** A change as pages and the API show it. */
export type ChangeView = {
  id: string;
  kind: ChangeKind;
  status: ChangeStatus;
  choice: ChangeChoice;
  reason: string | null;
  /** What its preview said was due at once; null where there was none, and where nothing was. */
  dueNow: Money | null;
  /** What has to be paid for it to happen, and until when. */
  invoiceId: string | null;
  payUntil: Date | null;
  effectiveAt: Date | null;
  resumesAt: Date | null;
  /** Why it was not made, in words a person can act on. */
  error: string | null;
  requestedById: string | null;
  createdAt: Date;
  settledAt: Date | null;
};

export function toChange(row: SubscriptionChange): ChangeView {
  const { id, kind, status, reason, invoiceId, payUntil, effectiveAt, resumesAt, error } = row;
  const { asked: _, ...choice } = row.choice as Record<string, unknown>;
  return {
    ...{ id, kind, status, reason, invoiceId, payUntil, effectiveAt, resumesAt, error },
    choice: choice as ChangeChoice,
    dueNow: dueOf(row.preview as Drawn | null),
    ...{ requestedById: row.requestedById, createdAt: row.createdAt, settledAt: row.settledAt },
  };
}

type Drawn = { dueNowMinor: string; currency: string };

function dueOf(preview: Drawn | null): Money | null {
  if (!preview || !isCurrency(preview.currency)) return null;
  const minor = BigInt(preview.dueNowMinor);
  return minor === 0n ? null : money(minor, preview.currency);
}
