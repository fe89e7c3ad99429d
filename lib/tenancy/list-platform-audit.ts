import { view } from "#lib/db/transaction";
import { type AuditPage, type AuditRow, describeEntries } from "#lib/tenancy/audit-entry";
import type { PlatformContext } from "#lib/tenancy/context";
import type { PlatformAuditQuery } from "#lib/tenancy/input";
import { requirePlatform } from "#lib/tenancy/permissions";

type Row = AuditRow & { exactAt: string };

/** A page of every chain's audit log, newest first; of one tenant's chain where it is named. */
export async function listPlatformAudit(
  ctx: PlatformContext,
  query: PlatformAuditQuery,
): Promise<AuditPage> {
  requirePlatform(ctx, "audit:read");
  const { action = null, actor = null, target = null, chain = null, limit } = query;
  const [at = null, ofChain = "", sequence = "0"] = readCursor(query.cursor);

  // Plain SQL for the row comparison, and because a Date would cut the instant to milliseconds.
  const rows = await view(
    ctx,
    (tx) => tx.$queryRaw<Row[]>`
      select chain, sequence, at, at::text as "exactAt", actor, action, target,
        target_id as "targetId", operation, before, after, origin, trace_id as "traceId"
      from audit_entries
      where (${chain}::text is null or chain = ${chain})
        and (${action}::text is null or starts_with(action, ${action}))
        and (${actor}::text is null or actor = ${actor})
        and (${target}::text is null or target_id = ${target})
        and (${at}::timestamptz is null or
          (at, chain, sequence) < (${at}::timestamptz, ${ofChain}, ${sequence}::bigint))
      order by at desc, chain desc, sequence desc
      limit ${limit + 1}`,
  );
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const entries = page.map(({ exactAt: _exactAt, ...row }) => row);
  return { rows: await describeEntries(ctx, entries), next: last ? writeCursor(last) : null };
}

function writeCursor({ exactAt, chain, sequence }: Row): string {
  return Buffer.from(JSON.stringify([exactAt, chain, String(sequence)])).toString("base64url");
}

/** A cursor that is not one of ours begins at the newest. */
function readCursor(cursor: string | undefined): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor ?? "", "base64url").toString());
    const [at, chain, sequence] = parts as string[];
    const isOurs = !Number.isNaN(Date.parse(at!)) && Boolean(chain) && /^\d{1,18}$/.test(sequence!);
    return isOurs ? [at!, chain!, sequence!] : [];
  } catch {
    return [];
  }
}
