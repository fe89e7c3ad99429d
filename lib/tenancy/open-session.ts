import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { newId } from "#lib/ids";
import { asSystem } from "#lib/tenancy/as-system";
import { sessionEnd } from "#lib/tenancy/session";

/** Signs a person in on one browser. The id goes into that browser's cookie and nowhere else. */
export async function openSession(ctx: Context, input: { userId: string }): Promise<string> {
  const createdAt = ctx.now();
  const id = newId("session", createdAt);
  const by = asSystem(ctx, { kind: "person", userId: input.userId });

  await transact(by, "tenancy.open-session", (tx) =>
    tx.session.create({
      data: {
        id,
        userId: input.userId,
        createdAt,
        expiresAt: sessionEnd(createdAt),
        ip: ctx.origin.ip ?? null,
        userAgent: ctx.origin.userAgent ?? null,
      },
    }),
  );
  return id;
}
