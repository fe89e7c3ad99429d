import type { ChangeInput, ConfirmedChange } from "#lib/billing/change-input";
import { type ChangePreview, drawUp } from "#lib/billing/change-preview";
import { readStanding, type Standing } from "#lib/billing/change-standing";
import { type ChangeView, toChange } from "#lib/billing/change-view";
import { type ChangeDraft, draftChange } from "#lib/billing/draft-change";
import { settleChange } from "#lib/billing/settle-change";
import { refuseStripesNo } from "#lib/billing/stripes-no";
import type { Tx } from "#lib/db/client";
import type { Prisma, SubscriptionChange } from "#lib/db/generated/client";
import { isUniqueViolation, transact, view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { enqueue } from "#lib/jobs/enqueue";
import { isCurrency } from "#lib/money/currency";
import { formatMoney } from "#lib/money/format-money";
import { money } from "#lib/money/money";
import { isBusy } from "#lib/stripe/ask";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

const previewLivesMs = 30 * 60_000;

/**
 * Makes a change that was previewed. The decision and its job commit together, then Stripe is asked
 * under a key of the row: whoever asks, and however often, it is made once. Who comes second is
 * told; what would be billed otherwise than it was shown is not done.
 */
export async function requestChange(
  ctx: TenantContext,
  input: ConfirmedChange,
  gateway: StripeGateway = stripeGateway(),
): Promise<ChangeView> {
  requirePermission(ctx, "billing:update");

  const standing = await readStanding(ctx, gateway);
  const same = await findSame(standing, input);
  if (same) return settled(ctx, same, gateway);
  const draft = await draftChange(ctx, standing, input, seenAt(ctx, input), gateway);
  const preview = await drawUp(standing.live, draft, gateway).catch(refuseStripesNo);
  refuseOtherPrice(input, preview);
  return settled(ctx, await decide(ctx, standing, { input, draft, preview }), gateway);
}

/** As of when the preview counted. One that is too old is refused: prices and usage went on. */
function seenAt(ctx: TenantContext, { prorationAt }: ConfirmedChange): Date {
  const now = ctx.now();
  if (prorationAt === undefined) return now;
  const at = new Date(prorationAt);
  const age = now.getTime() - at.getTime();
  if (age > previewLivesMs || age < -60_000) {
    throw new Refusal("conflict", "This preview is too old to be billed. Look at it again.");
  }
  return at;
}

function refuseOtherPrice({ dueNowMinor: seen }: ConfirmedChange, preview: ChangePreview): void {
  const { currency, dueNowMinor: due, isExact } = preview;
  if (seen === undefined || !isExact || seen === due || !isCurrency(currency)) return;
  const [was, is] = [seen, due].map((minor) => formatMoney(money(minor, currency)));
  throw new Refusal("conflict", `What is due now was ${was} and is ${is}. Look at it again.`);
}

type Decision = { input: ChangeInput; draft: ChangeDraft; preview: ChangePreview };

async function decide(
  ctx: TenantContext,
  { live, asked }: Standing,
  { input, draft, preview }: Decision,
): Promise<SubscriptionChange> {
  const { tenantId } = ctx;
  const { kind, choice, request, effectiveAt, resumesAt = null, reason, comment } = draft;
  const createdAt = ctx.now();
  const id = newId("subscriptionChange", createdAt);
  try {
    return await transact(ctx, "billing.request-change", async (tx) => {
      const overtaking = await findOvertaking(tx, tenantId, asked);
      if (overtaking && isSame(overtaking, input)) return overtaking;
      if (overtaking) throw new Refusal("conflict", "The plan was changed meanwhile. Look again.");
      await enqueue(tx, "billing.settle-change", { changeId: id }, { key: `change:${id}` });
      if (request.call === "items" && request.leaves?.length) {
        await enqueue(tx, "usage.settle", { changeId: id }, { key: `usage.settle:${id}` });
      }
      return tx.subscriptionChange.create({
        data: {
          ...{ id, kind, status: "requested", tenantId, subscriptionId: live.id },
          ...{ choice: asJson({ ...choice, asked: wordsOf(input) }), request: asJson(request) },
          ...{ preview: asJson(preview), effectiveAt, resumesAt, createdAt },
          ...{ reason: reason ?? null, comment: comment ?? null },
          ...{ requestedById: ctx.userId, traceId: ctx.traceId },
        },
      });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const { underWay } = await view(ctx, async (tx) => ({
      underWay: await tx.subscriptionChange.findFirst({
        where: { tenantId, status: { in: ["requested", "awaiting_payment"] } },
      }),
    }));
    // The second click of two: its change is the first one's.
    if (underWay && isSame(underWay, input)) return underWay;
    const message = "Someone else is changing the plan right now. Reload the page and look.";
    throw new Refusal("conflict", message);
  }
}

/**
 * A change that was decided since the standing was read, which is then no longer what it seems,
 * though that change is made already. Decisions of a tenant stand in line from here to the commit.
 */
async function findOvertaking(
  tx: Tx,
  tenantId: string,
  asked: number,
): Promise<SubscriptionChange | null> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`change:${tenantId}`}, 0))`;
  const count = await tx.subscriptionChange.count({ where: { tenantId } });
  if (count === asked) return null;
  return tx.subscriptionChange.findFirst({ where: { tenantId }, orderBy: { createdAt: "desc" } });
}

async function settled(
  ctx: TenantContext,
  change: SubscriptionChange,
  gateway: StripeGateway,
): Promise<ChangeView> {
  try {
    return toChange(await settleChange(ctx, { changeId: change.id }, gateway));
  } catch (error) {
    // It is decided and its job goes on; another try may be asking Stripe at this very moment.
    const isPassing = error instanceof Refusal ? error.code === "unavailable" : isBusy(error);
    if (!isPassing) throw error;
    return toChange(await awaitSettled(ctx, change.id));
  }
}

/** The row once it has moved on, or as it is after some seconds. */
async function awaitSettled(ctx: TenantContext, id: string): Promise<SubscriptionChange> {
  const until = performance.now() + 5_000;
  for (;;) {
    const row = await view(ctx, (tx) => tx.subscriptionChange.findUniqueOrThrow({ where: { id } }));
    if (row.status !== "requested" || performance.now() > until) return row;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

async function findSame(
  { underWay }: Standing,
  input: ChangeInput,
): Promise<SubscriptionChange | null> {
  return underWay && underWay.status === "requested" && isSame(underWay, input) ? underWay : null;
}

/** True where a change was asked for in the very same words. */
function isSame({ choice }: SubscriptionChange, input: ChangeInput): boolean {
  const { asked } = choice as { asked?: unknown };
  return JSON.stringify(wordsOf(asked)) === JSON.stringify(wordsOf(input));
}

/** Without what only says what was seen, and what was said beside it. */
function wordsOf(input: unknown): object {
  const { prorationAt, dueNowMinor, comment, ...words } = asJson(input) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(words).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function asJson(value: unknown): Prisma.InputJsonObject {
  const text = JSON.stringify(value ?? {}, (_key, part) =>
    typeof part === "bigint" ? part.toString() : part,
  );
  return JSON.parse(text) as Prisma.InputJsonObject;
}
