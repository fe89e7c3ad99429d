import { productOf } from "#lib/catalog/at-stripe";
import {
  ensureFeature,
  ensureMeter,
  ensurePrice,
  ensureProduct,
  type Stage,
} from "#lib/catalog/ensure";
import { widenCoupons } from "#lib/catalog/make-coupon";
import { type Feature, freePlanKey } from "#lib/catalog/plan";
import type { Difference } from "#lib/catalog/publishing";
import { type VersionRow, wholeVersion } from "#lib/catalog/read-version";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact, view } from "#lib/db/transaction";
import { messageOf } from "#lib/errors";
import { enqueue } from "#lib/jobs/enqueue";
import { isStripesNo } from "#lib/stripe/ask";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";

type Step = (stage: Stage) => Promise<Difference[]>;
type Run = { id: string; versionId: string };

/**
 * Makes a version at Stripe, or compares what was made: one object after the other, each looked for
 * before it is made, so that a run cut off anywhere goes on where it was and makes nothing twice.
 * The version is published once Stripe has all of it as we want it.
 */
export async function runPublishing(
  ctx: Context,
  { versionId }: { versionId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<void> {
  const version = await view(ctx, (tx) =>
    tx.planVersion.findUniqueOrThrow({ where: { id: versionId }, include: wholeVersion }),
  );
  const run = await view(ctx, (tx) =>
    tx.publishing.findFirst({ where: { versionId, status: "running" } }),
  );
  if (!run) return;
  try {
    const repaired = (run.differences as Difference[]).filter(({ isRepaired }) => isRepaired);
    await carryOut({ ctx, gateway, version, publishingId: run.id }, repaired);
  } catch (error) {
    await keepError(ctx, run, error);
    throw error;
  }
}

/** How many objects Stripe is to have for a version. */
export async function countSteps(tx: Tx, version: VersionRow): Promise<number> {
  return stepsOf(version, await metersOf(tx, version)).length;
}

/** What an earlier try repaired stays said. */
async function carryOut(stage: Stage, repaired: Difference[]): Promise<void> {
  const { ctx, version, publishingId } = stage;
  const steps = stepsOf(version, await view(ctx, (tx) => metersOf(tx, version)));
  const differences = [...repaired];
  await note(ctx, publishingId, { done: 0, total: steps.length, error: null });
  for (const [place, step] of steps.entries()) {
    differences.push(...(await step(stage)));
    const found = differences.map((difference) => ({ ...difference }));
    await note(ctx, publishingId, { done: place + 1, differences: found });
  }
  await finish(stage, differences);
}

/** A meter comes before what it prices, a product before its prices and features. */
function stepsOf(version: VersionRow, meters: Awaited<ReturnType<typeof metersOf>>): Step[] {
  const features = version.components.length === 0 ? [] : (version.features as Feature[]);
  return [
    ...meters.map(
      (meter): Step =>
        (stage) =>
          ensureMeter(stage, meter),
    ),
    ...version.components.flatMap((component): Step[] => [
      (stage) => ensureProduct(stage, component),
      ...component.prices.map(
        (price): Step =>
          (stage) =>
            ensurePrice(stage, component, price),
      ),
    ]),
    ...features.map(
      (feature): Step =>
        (stage) =>
          ensureFeature(stage, feature),
    ),
  ];
}

function metersOf(tx: Tx, { components }: VersionRow) {
  const keys = components.flatMap(({ meterKey }) => meterKey ?? []);
  return tx.meter.findMany({ where: { key: { in: keys } }, orderBy: { key: "asc" } });
}

async function finish({ ctx, version, publishingId }: Stage, differences: Difference[]) {
  const stuck = differences.find(({ isRepaired }) => !isRepaired);
  const isNew = version.status === "publishing";
  const error = isNew && stuck ? mendOf(stuck) : null;
  const [first] = version.components;
  await transact(ctx, "catalog.publish-version", async (tx) => {
    const finishedAt = ctx.now();
    const status = error === null ? ("finished" as const) : ("failed" as const);
    await tx.publishing.updateMany({
      where: { id: publishingId, status: "running" },
      data: { status, error, finishedAt },
    });
    if (error !== null) return;
    const { count } = await tx.planVersion.updateMany({
      where: { id: version.id, status: "publishing" },
      data: {
        ...{ status: "published", publishedAt: finishedAt },
        stripeProductId: first ? productOf(version, first).id : null,
      },
    });
    if (count > 0) await widenCoupons(tx, version.plan.key);
    // What is free is in the entitlements of everyone without a plan.
    if (count > 0 && version.plan.key === freePlanKey) {
      await enqueue(tx, "entitlements.rebuild", {}, { key: "entitlements.rebuild" });
    }
  });
}

function mendOf({ object, field, wanted, found }: Difference): string {
  const what = `Stripe has another ${object}: its ${field} is ${found}, not ${wanted}`;
  return `${what}. Stripe lets nobody change that: rename or archive it there, then try again.`;
}

/** A no of Stripe's ends the run. After anything else the job tries again by itself. */
async function keepError(ctx: Context, { id }: Run, error: unknown): Promise<void> {
  const message = { error: messageOf(error) };
  if (!isStripesNo(error)) await note(ctx, id, message);
  else await note(ctx, id, { ...message, status: "failed", finishedAt: ctx.now() });
}

type Note = {
  status?: "failed";
  finishedAt?: Date;
  done?: number;
  total?: number;
  error?: string | null;
  differences?: Difference[];
};

/** Says how far the run is. A run that is over stays as it ended. */
async function note(ctx: Context, id: string, data: Note): Promise<void> {
  await transact(ctx, "catalog.publish-version", (tx) =>
    tx.publishing.updateMany({ where: { id, status: "running" }, data }),
  );
}
