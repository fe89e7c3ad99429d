import type { Context } from "#lib/context";
import { findNames } from "#lib/tenancy/find-names";

/** The chain of writes that belong to no tenant. */
export const platformChain = "platform";

/** One write as people read it: who did what to what, before and after, and from where. */
export type AuditEntry = {
  /** A tenant's id, or `platform`. */
  readonly chain: string;
  readonly sequence: bigint;
  readonly at: Date;
  readonly actor: string;
  /** The person's or the key's name, or the part of the system. */
  readonly actorName: string;
  readonly action: string;
  readonly target: string;
  readonly targetId: string;
  readonly operation: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly traceId: string;
};

export type AuditPage = { readonly rows: AuditEntry[]; readonly next: string | null };

/** A row of the log as the database gives it. */
export type AuditRow = Omit<AuditEntry, "actorName" | "ip" | "userAgent"> & { origin: unknown };

/** Puts names to the actors of rows the caller may see. */
export async function describeEntries(ctx: Context, rows: AuditRow[]): Promise<AuditEntry[]> {
  const names = await findNames(
    ctx,
    rows.map(({ actor }) => actor),
  );
  return rows.map(({ origin, ...row }) => {
    const from = origin as { ip?: string; userAgent?: string };
    return {
      ...row,
      actorName: names.get(row.actor) ?? row.actor.replace(/^system:/, "system, "),
      ip: from.ip ?? null,
      userAgent: from.userAgent ?? null,
    };
  });
}
