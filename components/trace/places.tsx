import type { NodeKey, TraceNode } from "#lib/trace/node";

/** Where a reader's pages of things are. */
export type Places = {
  /** The trace that begins at a thing. */
  trace: (key: NodeKey) => string;
  /** The page of a thing, if it has one. */
  page: (node: NodeKey) => string | null;
};

/** Where the trace of an id is shown, at one of the two pages. */
export function traceHref(at: string, { kind, scope, id }: NodeKey): string {
  return `${at}?${new URLSearchParams({ id, kind, scope })}`;
}

const consolePath = "/admin/trace";

/** The console's. */
export const consolePlaces: Places = {
  trace: (key) => traceHref(consolePath, key),
  page: ({ kind, scope, id }) => {
    const name = encodeURIComponent(id);
    if (kind === "entry") return `/admin/ledger/entries/${name}`;
    if (kind === "payout")
      return `/admin/payouts/${name}?${new URLSearchParams({ account: scope })}`;
    if (kind === "invoice" && scope === "") return `/admin/invoices/${name}`;
    return kind === "transfer" ? `/admin/transfers/${name}` : null;
  },
};

/** A workspace's own. */
export function tenantPlaces(slug: string): Places {
  return {
    trace: (key) => traceHref(`/${slug}/trace`, key),
    page: ({ kind, scope, id }) => {
      const name = encodeURIComponent(id);
      if (kind === "payout") return `/${slug}/payouts/${name}`;
      if (kind === "invoice" && scope === "") return `/${slug}/invoices/${name}`;
      return kind === "charge" && scope !== "" ? `/${slug}/payments/${name}` : null;
    },
  };
}

/** What a person reads of a node's id: a number or reference where it has one. */
export function calledOf({ kind, id, name }: TraceNode): string {
  if (kind === "invoice" || kind === "credit_note") return name ?? id;
  return kind === "entry" ? (name ?? id) : id;
}
