import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { asSystem } from "#lib/tenancy/as-system";
import type { PersonContext } from "#lib/tenancy/context";
import { mailVerification } from "#lib/tenancy/mail-verification";

/** Sends the signed-in person a new verification link; the one before stops working. */
export async function requestVerification(ctx: PersonContext): Promise<void> {
  if (ctx.person.isVerified) throw new Refusal("conflict", "Your e-mail is already verified.");

  await transact(asSystem(ctx), "tenancy.request-verification", (tx) =>
    mailVerification(tx, ctx, { ...ctx.person, userId: ctx.userId }),
  );
}
