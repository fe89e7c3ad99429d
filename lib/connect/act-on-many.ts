import type { BulkAct, BulkInput, BulkPreviewInput, BulkRow } from "#lib/connect/bulk";
import { type Flow, wordsOfStops } from "#lib/connect/hold";
import { placeHold } from "#lib/connect/place-hold";
import { releaseHold } from "#lib/connect/release-hold";
import { isOver } from "#lib/connect/status";
import type { Tx } from "#lib/db/client";
import type { ConnectedAccount, ConnectHold } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { enqueueAll } from "#lib/jobs/enqueue";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

const permissions = {
  remind: "connect:remind",
  hold: "connect:hold",
  release: "connect:hold",
} as const satisfies Record<BulkAct, string>;

/** Who would be touched, how, and who would not and why. Nothing happens yet. */
export async function previewMany(
  ctx: PlatformContext,
  { act, tenantIds }: BulkPreviewInput,
): Promise<{ rows: BulkRow[] }> {
  requirePlatform(ctx, permissions[act]);
  return view(ctx, async (tx) => ({ rows: await rowsOf(tx, act, tenantIds) }));
}

/**
 * Does it to each who is touched by then, each by itself: one that cannot be leaves the others.
 * A hold of one request is one hold, however often the request comes.
 */
export async function actOnMany(
  ctx: PlatformContext,
  input: BulkInput,
): Promise<{ rows: BulkRow[] }> {
  requirePlatform(ctx, permissions[input.act]);
  const rows = await view(ctx, (tx) => rowsOf(tx, input.act, input.tenantIds));
  const touched = rows.filter(({ isTouched }) => isTouched);
  if (input.act === "remind") {
    await transact(ctx, "connect.remind", (tx) =>
      enqueueAll(
        tx,
        touched.map(({ tenantId }) => ({
          name: "connect.remind" as const,
          payload: { tenantId, key: input.key },
        })),
      ),
    );
    return { rows };
  }
  const done: BulkRow[] = rows.filter(({ isTouched }) => !isTouched);
  for (const row of touched) done.push(await actOnOne(ctx, input, row));
  return { rows: done };
}

async function actOnOne(
  ctx: PlatformContext,
  { act, key, stops: wanted = [], text = "" }: BulkInput,
  row: BulkRow,
): Promise<BulkRow> {
  const { tenantId } = row;
  try {
    if (act === "hold") {
      const has = (flow: Flow) => wanted.includes(flow);
      const stops = { payments: has("payments"), payouts: has("payouts") };
      const once = { key: `bulk:${key}:${tenantId}` };
      await placeHold(ctx, { tenantId, ...stops, reason: text, ...once });
      return { ...row, what: `${wordsOfStops(stops)} stopped` };
    }
    const open = await view(ctx, (tx) => tx.connectHold.findMany({ where: openOf(tenantId) }));
    for (const { id } of open) await releaseHold(ctx, { id, note: text });
    return { ...row, what: "released" };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ...row, isTouched: false, what: error.message };
  }
}

const openOf = (tenantId: string) => ({ tenantId, endedAt: null });

async function rowsOf(tx: Tx, act: BulkAct, tenantIds: readonly string[]): Promise<BulkRow[]> {
  const wanted = [...new Set(tenantIds)];
  const tenants = await tx.tenant.findMany({
    where: { id: { in: wanted } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, name: true },
  });
  const accounts = await tx.connectedAccount.findMany({ where: { tenantId: { in: wanted } } });
  const holds = await tx.connectHold.findMany({
    where: { tenantId: { in: wanted }, endedAt: null },
  });
  const byTenant = new Map(accounts.map((account) => [account.tenantId, account]));
  return tenants.map(({ id: tenantId, name }) => {
    const open = holds.filter((hold) => hold.tenantId === tenantId);
    return { tenantId, name, ...effects[act](byTenant.get(tenantId), open) };
  });
}

type Effect = Pick<BulkRow, "isTouched" | "what">;
const left = (what: string): Effect => ({ isTouched: false, what });
const noAccount = left("has no payments account");

/** What each act does to an account, in words. */
const effects: Record<
  BulkAct,
  (account: ConnectedAccount | undefined, open: readonly ConnectHold[]) => Effect
> = {
  remind: (account) => {
    if (!account) return noAccount;
    if (account.asked === 0 || isOver(account.status)) return left("nothing is asked of it");
    const things = account.asked === 1 ? "one thing" : `${account.asked} things`;
    return { isTouched: true, what: `is written to about ${things}` };
  },
  hold: (account, open) => {
    if (!account || account.status === "invited") return noAccount;
    if (isOver(account.status)) return left(`is ${account.status} at Stripe`);
    const what = open.length > 0 ? "is held already, and gets this hold beside" : "is stopped";
    return { isTouched: true, what };
  },
  release: (_account, open) => {
    if (open.length === 0) return left("is not held");
    const what = open.length === 1 ? "its hold ends" : `its ${open.length} holds end`;
    return { isTouched: true, what };
  },
};
