/** The columns lists filter on. */
export interface Columns {
  customer?: string | null | undefined;
  parent?: string | null | undefined;
  status?: string | null | undefined;
  key?: string | null | undefined;
}

/** What is known of a kind: its id's prefix, its name in errors, what its lists can filter on. */
export interface KindSpec<Kept, Hidden = unknown> {
  prefix: string;
  /** What Stripe calls it in "No such …". */
  noun: string;
  columns(object: Kept, hidden: Hidden): Columns;
}

/** What Stripe never shows of an object and we must remember. */
export type Nothing = Record<never, never>;
