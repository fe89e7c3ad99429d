import { transact } from "#lib/db/transaction";
import type { PersonContext } from "#lib/tenancy/context";

/** Changes what the person is called. */
export async function updateProfile(ctx: PersonContext, input: { name: string }): Promise<void> {
  await transact(ctx, "tenancy.update-profile", (tx) =>
    tx.user.updateMany({ where: { id: ctx.userId }, data: { name: input.name } }),
  );
}
