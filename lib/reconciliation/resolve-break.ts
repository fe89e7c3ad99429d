import type { Tx } from "#lib/db/client";
import type { ReconciliationBreak } from "#lib/db/generated/client";
import { isUniqueViolation, transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { enqueue } from "#lib/jobs/enqueue";
import { advance } from "#lib/lifecycle";
import type { ResolutionInput } from "#lib/reconciliation/input";
import {
  type ResolutionStatus,
  type ResolutionStep,
  resolutionLifecycle,
} from "#lib/reconciliation/resolution";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

const longestMs = 90 * 86_400_000;

/**
 * Decides about a break. What gives money up is only proposed, and waits for another person; the
 * rest is done at once or by the job that follows. One decision at a time.
 */
export async function resolveBreak(
  ctx: PlatformContext,
  { breakId, ...input }: { breakId: string } & ResolutionInput,
): Promise<{ id: string }> {
  requirePlatform(ctx, "reconciliation:resolve");

  if (input.kind === "adjust") requireAdjustment(input);
  const id = newId("resolution");
  const { kind, note, ...detail } = input;
  const now = ctx.now();
  try {
    await transact(ctx, "reconciliation.resolve-break", async (tx) => {
      const found = await findOpen(tx, breakId);
      if (input.kind === "expect") await expectUntil(tx, found, new Date(input.until), now);
      const isProposal = kind === "write_off";
      const isDone = kind === "expect";
      await tx.resolution.create({
        data: {
          ...{ id, breakId, kind, note, detail, proposedById: ctx.userId, proposedAt: now },
          status: isProposal ? "proposed" : isDone ? "done" : "decided",
          ...(!isProposal && { decidedById: ctx.userId, decidedAt: now }),
          ...(isDone && { doneAt: now }),
        },
      });
      if (!isProposal && !isDone) await askFor(tx, id);
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new Refusal("conflict", "Something is decided about this break already; wait for it.");
  }
  return { id };
}

/** Says yes or no to what another person proposed to give up. */
export async function decideResolution(
  ctx: PlatformContext,
  { id, decision }: { id: string; decision: "approve" | "reject" },
): Promise<void> {
  requirePlatform(ctx, "reconciliation:resolve");

  await transact(ctx, "reconciliation.decide-resolution", async (tx) => {
    const found = await tx.resolution.findUnique({ where: { id } });
    if (!found) throw new Refusal("not_found", "There is no such proposal.");
    if (decision === "approve" && found.proposedById === ctx.userId) {
      const message = "You proposed this yourself: somebody else has to agree.";
      throw new Refusal("forbidden", message);
    }
    const step = decision === "approve" ? "decide" : "reject";
    const status = advance<ResolutionStatus, ResolutionStep>(
      resolutionLifecycle,
      "proposal",
      found.status,
      step,
    );
    const { count } = await tx.resolution.updateMany({
      where: { id, status: found.status },
      data: { status, decidedById: ctx.userId, decidedAt: ctx.now() },
    });
    if (count === 0) throw new Refusal("conflict", "Somebody decided about this just now.");
    if (status === "decided") await askFor(tx, id);
  });
}

/** An adjustment says where money belongs; what gives it up takes two people. */
function requireAdjustment({ from, to }: Extract<ResolutionInput, { kind: "adjust" }>): void {
  if ([from.code, to.code].includes("expense:write_offs")) {
    const message = "That gives money up. Write the break off; another person has to agree.";
    throw new Refusal("unprocessable", message, { field: "to" });
  }
  if (from.code === to.code && from.subject === to.subject) {
    const message = "Name two accounts: out of one of them into the other.";
    throw new Refusal("unprocessable", message, { field: "to" });
  }
}

async function findOpen(tx: Tx, id: string): Promise<ReconciliationBreak> {
  const found = await tx.reconciliationBreak.findUnique({ where: { id } });
  if (!found) throw new Refusal("not_found", "There is no such break.");
  if (found.status !== "gone" && found.status !== "accepted") return found;
  const message = `This break is ${found.status}; there is nothing left to decide.`;
  throw new Refusal("conflict", message);
}

async function expectUntil(tx: Tx, found: ReconciliationBreak, until: Date, now: Date) {
  if (until <= now || until.getTime() > now.getTime() + longestMs) {
    const message = "Name an instant ahead, and within ninety days.";
    throw new Refusal("unprocessable", message, { field: "until" });
  }
  await tx.reconciliationBreak.update({
    where: { id: found.id },
    data: { status: "expected", expectedUntil: until },
  });
}

function askFor(tx: Tx, resolutionId: string): Promise<void> {
  const key = `reconciliation:${resolutionId}`;
  return enqueue(tx, "reconciliation.carry-out", { resolutionId }, { key });
}
