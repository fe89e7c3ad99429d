import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { enqueue } from "#lib/jobs/enqueue";
import { findFreeSlug } from "#lib/tenancy/find-free-slug";
import type { FoundTenantInput } from "#lib/tenancy/input";
import { isReservedSlug, makeSlug } from "#lib/tenancy/slug";

/** A new tenant with its first owner, and its billing account on the way. */
export async function createTenant(
  tx: Tx,
  ctx: Context,
  input: FoundTenantInput & { ownerId: string },
): Promise<{ tenantId: string; slug: string }> {
  const createdAt = ctx.now();
  const slug = input.slug
    ? await requireFreeSlug(tx, input.slug)
    : await findFreeSlug(tx, makeSlug(input.company));
  const tenantId = newId("tenant", createdAt);

  await tx.tenant.create({
    data: { id: tenantId, slug, name: input.company, country: input.country, createdAt },
  });
  await tx.member.create({
    data: {
      id: newId("member", createdAt),
      tenantId,
      userId: input.ownerId,
      role: "owner",
      createdAt,
    },
  });
  await enqueue(tx, "billing.open-account", { tenantId }, { key: `open-account:${tenantId}` });
  return { tenantId, slug };
}

/** A slug somebody chose on purpose is theirs or nobody's; the refusal names a free one. */
export async function requireFreeSlug(tx: Tx, slug: string): Promise<string> {
  const isTaken = await tx.tenant.findUnique({ where: { slug }, select: { id: true } });
  if (!isTaken && !isReservedSlug(slug)) return slug;

  const free = await findFreeSlug(tx, slug);
  const message = `The address ${slug} is taken. ${free} is free.`;
  throw new Refusal("conflict", message, { field: "slug" });
}
