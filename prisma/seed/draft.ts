import { createDraft } from "#lib/catalog/create-draft";
import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { asAdmin } from "#prisma/seed/people";

/** The next version of Pro, begun and not yet published: to edit, back-test and discard. */
export async function seedDraft(ctx: Context): Promise<void> {
  const plan = await view(ctx, (tx) =>
    tx.plan.findUnique({ where: { key: "pro" }, include: { versions: true } }),
  );
  if (plan?.versions.length !== 1) return;
  await asAdmin(ctx, (admin) =>
    createDraft(admin, { planId: plan.id, copyOf: plan.versions[0]!.id }),
  );
}
