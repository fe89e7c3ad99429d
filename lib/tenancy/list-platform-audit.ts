import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { type AuditPage, type AuditRow, describeEntries } from "#lib/tenancy/audit-entry";
import type { PlatformContext } from "#lib/tenancy/context";
import type { PlatformAuditQuery } from "#lib/tenancy/input";
import { requirePlatform } from "#lib/tenancy/permissions";

type Row = AuditRow & { microseconds: string };

/** A page of every chain's audit log, newest first; of one tenant's chain where it is named. */
export async function listPlatformAudit(
  ctx: PlatformContext,
  query: PlatformAuditQuery,
): Promise<AuditPage> {
  requirePlatform(ctx, "audit:read");
  const { action = null, actor = null, target = null, chain = null, limit } = query;
  const [at = null, sequence = "0", ofChain = ""] = readCursor(query.cursor);

  // Plain SQL for the row comparison, and because a Date would cut the instant to milliseconds.
  const rows = await view(
    ctx,
    (tx) => tx.$queryRaw<Row[]>`
      select chain, sequence, at,
        (extract(epoch from at) * 1000000)::bigint::text as microseconds,
        actor, action, target, target_id as "targetId", operation, before, after, origin,
        trace_id as "traceId"
      from audit_entries
      where (${chain}::text is null or chain = ${chain})
        and (${action}::text is null or starts_with(action, ${action}))
        and (${actor}::text is null or actor = ${actor})
        and (${target}::text is null or target_id = ${target})
        and (${at}::bigint is null or (at, chain, sequence) < (
          'epoch'::timestamptz + ${at}::bigint * interval '1 microsecond',
          ${ofChain}, ${sequence}::bigint))
      order by at desc, chain desc, sequence desc
      limit ${limit + 1}`,
  );
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const entries = page.map(({ microseconds: _microseconds, ...row }) => row);
  return { rows: await describeEntries(ctx, entries), next: last ? writeCursor(last) : null };
}

function writeCursor({ microseconds, chain, sequence }: Row): string {
  return Buffer.from(`${microseconds} ${sequence} ${chain}`).toString("base64url");
}

/** Reads what `writeCursor` wrote and refuses the rest, on which the database would fail. */
function readCursor(cursor: string | undefined): string[] {
  if (cursor === undefined) return [];
  const text = Buffer.from(cursor, "base64url").toString();
  const match = /^(\d{1,16}) (\d{1,18}) (\w{1,100})$/.exec(text);
  if (!match) {
    const message = "This page link is broken; open the list anew.";
    throw new Refusal("invalid", message, { field: "cursor" });
  }
  return match.slice(1);
}
