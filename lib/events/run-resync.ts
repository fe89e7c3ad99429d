import type { Context } from "#lib/context";
import { Prisma, type Resync } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { invariant, messageOf } from "#lib/errors";
import { type Cursor, comparePage, cursorSchema, type Stretch } from "#lib/events/compare-page";
import type { Sampler } from "#lib/events/converger";
import { resyncObject } from "#lib/events/resync-object";
import { enqueue } from "#lib/jobs/enqueue";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { StripeObjectType } from "#lib/stripe/object-types";

const sliceMs = 60_000;
const stillMs = 5 * 60_000;

type Samplers = ReadonlyMap<string, Sampler>;

/**
 * Goes on with a comparison until it is done, stopped, or has run for a minute; then it is asked
 * for again, so that no job lasts and a dead worker's is soon another's. Each page is kept before
 * the next is asked for. Of two that run at once only one gets on.
 */
export async function runResync(
  ctx: Context,
  { resyncId }: { resyncId: string },
  gateway: StripeGateway,
  samplers: Samplers,
): Promise<void> {
  const until = Date.now() + sliceMs;
  for (;;) {
    const run = await view(ctx, (tx) => tx.resync.findUnique({ where: { id: resyncId } }));
    if (run?.status !== "running") return;
    try {
      if (!(await takeStep(ctx, run, gateway, samplers))) return;
    } catch (error) {
      await note(ctx, run, { error: messageOf(error) });
      throw error;
    }
    if (Date.now() > until) break;
  }
  await transact(ctx, "events.continue-resync", (tx) => askFor(tx, resyncId));
}

/** Asks again for those that stand still, because whoever ran them died. */
export async function resumeResyncs(ctx: Context): Promise<void> {
  const before = new Date(ctx.now().getTime() - stillMs);
  await transact(ctx, "events.resume-resyncs", async (tx) => {
    const still = await tx.resync.findMany({
      where: { status: "running", progressedAt: { lt: before } },
      select: { id: true },
    });
    for (const { id } of still) await askFor(tx, id);
  });
}

function askFor(tx: Parameters<typeof enqueue>[0], resyncId: string): Promise<void> {
  return enqueue(tx, "events.resync", { resyncId }, { key: `resync:${resyncId}` });
}

/** One page of one type of one account. False where another runs this, or it was stopped. */
async function takeStep(
  ctx: Context,
  run: Resync,
  gateway: StripeGateway,
  samplers: Samplers,
): Promise<boolean> {
  const type = [...samplers.keys()][run.step] as StripeObjectType | undefined;
  if (!type) return nextAccount(ctx, run);
  const stretch: Stretch = { type, account: run.account, tenant: await tenantOf(ctx, run) };
  const tools = { gateway, sampler: samplers.get(type)! };
  const cursor = cursorSchema.parse(run.cursor);
  const found = await comparePage(ctx, tools, stretch, cursor);
  for (const objectId of new Set(found.differing)) {
    // It will be asked for at Stripe once it is handled, and that counts as this work's.
    await gateway.waitForTurn(run.account);
    await resyncObject(ctx, { account: run.account, objectType: type, objectId });
  }
  return note(ctx, run, {
    step: found.cursor ? run.step : run.step + 1,
    cursor: found.cursor,
    compared: run.compared + found.compared,
    asked: run.asked + found.differing.length,
    error: null,
  });
}

async function tenantOf(ctx: Context, { onlyTenantId }: Resync): Promise<Stretch["tenant"]> {
  if (!onlyTenantId) return null;
  const tenant = await view(ctx, (tx) => tx.tenant.findUnique({ where: { id: onlyTenantId } }));
  invariant(tenant, "a comparison of a tenant that is not there");
  return { id: tenant.id, customer: tenant.stripeCustomerId, account: tenant.stripeAccountId };
}

async function nextAccount(ctx: Context, run: Resync): Promise<boolean> {
  const next = await view(ctx, (tx) =>
    tx.tenant.findFirst({
      where: {
        stripeAccountId: { not: null, gt: run.account },
        ...(run.onlyTenantId && { id: run.onlyTenantId }),
      },
      ...{ orderBy: { stripeAccountId: "asc" }, select: { stripeAccountId: true } },
    }),
  );
  const accountsDone = run.accountsDone + 1;
  if (next) return note(ctx, run, { account: next.stripeAccountId!, step: 0, accountsDone });
  await note(ctx, run, { status: "done", finishedAt: ctx.now(), accountsDone });
  return false;
}

type Progress = Partial<
  Pick<Resync, "step" | "compared" | "asked" | "account" | "accountsDone" | "finishedAt" | "error">
> & { cursor?: Cursor; status?: "done" };

/** Keeps how far it is, unless another has got on with it since it was read. */
async function note(ctx: Context, run: Resync, { cursor, ...data }: Progress): Promise<boolean> {
  const now = ctx.now();
  const { count } = await transact(ctx, "events.note-resync", (tx) =>
    tx.resync.updateMany({
      where: { id: run.id, status: "running", progressedAt: run.progressedAt, step: run.step },
      data: {
        ...data,
        ...(cursor !== undefined && { cursor: cursor ?? Prisma.DbNull }),
        progressedAt: now > run.progressedAt ? now : new Date(run.progressedAt.getTime() + 1),
      },
    }),
  );
  return count === 1;
}
