/**
 * Which facts an object of Stripe's is, by their references: said here once more and in other
 * words than the code's, so that one may find the other out.
 */
export function factsBy(type: string, account: string, object: unknown): string[] {
  const read = table[type];
  return read ? read(object as Some, account !== "") : [];
}

type Some = {
  id: string;
  status?: string;
  captured?: boolean;
  automatic?: boolean;
  reconciliation_status?: string;
  attempt_count?: number;
  /** With what is asked for; an event has none. */
  payments?: { data: { payment: { payment_intent?: { status?: string } | string } }[] };
  destination?: unknown;
  latest_invoice?: string | { id: string } | null;
  metadata?: { tenant_id?: string };
  parent?: { subscription_details?: { metadata?: { tenant_id?: string } } } | null;
};
type Read = (object: Some, isTheirs: boolean) => string[];

const oneOf = (status: string | undefined, ...those: string[]) => those.includes(status ?? "");

const table: Readonly<Record<string, Read>> = {
  charge: ({ id, status, captured }, isTheirs) => {
    if (!isTheirs) return [];
    if (status === "failed") return [`charge:${id}:failed`];
    return status === "succeeded" && captured ? [`charge:${id}:succeeded`] : [];
  },
  refund: ({ id, status }, isTheirs) =>
    isTheirs && oneOf(status, "succeeded", "failed", "canceled") ? [`refund:${id}:${status}`] : [],
  payout: ({ id, status, automatic, reconciliation_status: reconciled }, isTheirs) => {
    if (!isTheirs) return [];
    const ends = oneOf(status, "paid", "failed", "canceled") ? [`payout:${id}:${status}`] : [];
    const isWhole = automatic === true && reconciled === "completed";
    return [`payout:${id}:created`, ...ends, ...(isWhole ? [`payout:${id}:reconciled`] : [])];
  },
  dispute: ({ id, status }, isTheirs) => {
    if (!isTheirs) return [];
    const isOver = oneOf(status, "won", "lost", "warning_closed");
    return [`dispute:${id}:opened`, ...(isOver ? [`dispute:${id}:${status}`] : [])];
  },
  transfer: ({ id }, isTheirs) => (isTheirs ? [] : [`transfer:${id}:created`]),
  subscription: ({ id, status, metadata, latest_invoice: invoice }, isTheirs) => {
    if (isTheirs || !metadata?.tenant_id) return [];
    const invoiceId = typeof invoice === "string" ? invoice : (invoice?.id ?? "");
    if (oneOf(status, "active", "trialing")) return [`subscription:${id}:active`];
    if (status === "past_due") return [`subscription:${id}:past_due:${invoiceId}`];
    return status === "canceled" ? [`subscription:${id}:canceled`] : [];
  },
  invoice: ({ id, status, attempt_count: attempts, payments, parent }, isTheirs) => {
    if (isTheirs || !parent?.subscription_details?.metadata?.tenant_id) return [];
    const isFinal = oneOf(status, "open", "paid", "uncollectible");
    return [
      ...(isFinal ? [`invoice:${id}:finalized`] : []),
      ...(status === "paid" ? [`invoice:${id}:paid`] : []),
      ...(status === "open" && attempts && !JSON.stringify(payments ?? {}).includes('"processing"')
        ? [`invoice:${id}:payment_failed:${attempts}`]
        : []),
    ];
  },
};
