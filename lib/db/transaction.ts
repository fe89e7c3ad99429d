import type { Attempt, Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { Refusal } from "#lib/errors";

/**
 * Runs a verb's decision in one transaction, under the context's scope. `action` names the verb
 * ("tenancy.invite-member") in the audit log; a write without it is refused by the database.
 * Deadlocks and serialisation failures run again, so `run` touches nothing but the database.
 */
export async function transact<T>(
  ctx: Context,
  action: string,
  run: (tx: Tx) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inTransaction(ctx, action, run);
    } catch (error) {
      if (attempt === 4 || !isPassing(error)) throw error;
    }
  }
}

/** Runs reads in one transaction under the context's scope. Audited tables cannot be written. */
export function view<T>(ctx: Context, run: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(ctx, "", run);
}

/** True where the database refused a row because another already holds its unique value. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
}

function inTransaction<T>(ctx: Context, action: string, run: (tx: Tx) => Promise<T>): Promise<T> {
  return ctx.db.prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw(settings(ctx, action));
      if (action && ctx.attempt) await claimDecision(tx, ctx.attempt);
      return run(tx);
    },
    { maxWait: 10_000, timeout: 30_000 },
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
function settings({ scope, actor, origin, traceId, now }: Context, action: string): Prisma.Sql {
  const tenantId = scope.kind === "tenant" ? scope.tenantId : "";
  const userId = "userId" in scope ? scope.userId : "";
  const who =
    actor.kind === "person"
      ? actor.userId
      : actor.kind === "key"
        ? actor.keyId
        : `system:${actor.name}`;
  return Prisma.sql`select
    set_config('app.scope', ${scope.kind}, true),
    set_config('app.tenant_id', ${tenantId}, true),
    set_config('app.user_id', ${userId}, true),
    set_config('app.actor', ${who}, true),
    set_config('app.action', ${action}, true),
    set_config('app.origin', ${JSON.stringify(origin)}, true),
    set_config('app.trace_id', ${traceId}, true),
    set_config('app.now', ${now().toISOString()}, true)`;
}

/** PostgreSQL's words for "run it again": serialization_failure and deadlock_detected. */
function isPassing(error: unknown): boolean {
  return (
    error instanceof Prisma.PrismaClientKnownRequestError &&
    (error.code === "P2034" || /40001|40P01/.test(JSON.stringify(error.meta ?? "")))
  );
}
