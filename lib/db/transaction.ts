import { setTimeout as pause } from "node:timers/promises";
import type { Attempt, Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { isOutlived, queryPrepared, withWire } from "#lib/db/wire";
import { Refusal } from "#lib/errors";

/**
 * Runs a verb's decision in one transaction, under the context's scope. `action` names the verb
 * ("tenancy.invite-member") in the audit log; a write without it is refused by the database.
 * Deadlocks and serialisation failures run again, so `run` touches nothing but the database. What
 * has not ended after `limitMs` is undone.
 */
export function transact<T>(
  ctx: Context,
  action: string,
  run: (tx: Tx) => Promise<T>,
  limitMs: number = defaultLimitMs,
): Promise<T> {
  return again(isPassing, () => inTransaction(ctx, action, run, limitMs));
}

const defaultLimitMs = 30_000;

/** Runs reads in one transaction under the context's scope. Audited tables cannot be written. */
export function view<T>(ctx: Context, run: (tx: Tx) => Promise<T>): Promise<T> {
  return again(isOutlived, () => inTransaction(ctx, "", run, defaultLimitMs));
}

/** Tries up to four times, as long as what went wrong passes; whom it met may be through first. */
async function again<T>(passes: (error: unknown) => boolean, run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt === 4 || !passes(error)) throw error;
      await pause(attempt * (5 + Math.random() * 10));
    }
  }
}

/** True where the database refused a row because another already holds its unique value. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}

function inTransaction<T>(
  ctx: Context,
  action: string,
  run: (tx: Tx) => Promise<T>,
  timeout: number,
): Promise<T> {
  return withWire<Tx, T>(
    (inside) => ctx.db.prisma.$transaction(inside, { maxWait: 10_000, timeout }),
    async (tx) => {
      await queryPrepared(tx, settings, settingsOf(ctx, action));
      if (action && ctx.attempt) await claimDecision(tx, ctx.attempt);
      return run(tx);
    },
  );
}

/** Marks a request that named itself as decided, here and with what is decided, or not at all. */
async function claimDecision(tx: Tx, { requestId, id }: Attempt): Promise<void> {
  const [row] = await tx.$queryRaw<{ isLatest: boolean }[]>`
    select app.decide_request(${requestId}, ${id}) as "isLatest"`;
  if (row?.isLatest) return;
  const message = "Another try of this request has taken over. Ask again.";
  throw new Refusal("conflict", message, { retryAfterSeconds: 1 });
}

/** Tells row-level security and the audit trigger, for this transaction only, who acts for whom. */
const settings = `select
  set_config('app.scope', $1, true), set_config('app.tenant_id', $2, true),
  set_config('app.user_id', $3, true), set_config('app.actor', $4, true),
  set_config('app.action', $5, true), set_config('app.origin', $6, true),
  set_config('app.trace_id', $7, true), set_config('app.now', $8, true)`;

function settingsOf({ scope, actor, origin, traceId, now }: Context, action: string): string[] {
  const tenantId = scope.kind === "tenant" ? scope.tenantId : "";
  const userId = "userId" in scope ? scope.userId : "";
  const who =
    actor.kind === "person"
      ? actor.userId
      : actor.kind === "key"
        ? actor.keyId
        : `system:${actor.name}`;
  const [told, at] = [JSON.stringify(origin), now().toISOString()];
  return [scope.kind, tenantId, userId, who, action, told, traceId, at];
}

/**
 * PostgreSQL's words for "run it again": serialization_failure and deadlock_detected, and where a
 * migration changed what a prepared statement answers.
 */
function isPassing(error: unknown): boolean {
  if (isOutlived(error)) return true;
  const isOurs = error instanceof Prisma.PrismaClientKnownRequestError;
  const code = String((error as { code?: unknown } | null)?.code ?? "");
  if (!isOurs) return /^(40001|40P01)$/.test(code);
  return code === "P2034" || /40001|40P01/.test(JSON.stringify(error.meta ?? ""));
}
