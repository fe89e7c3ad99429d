import { openDb } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import { demoSignIns } from "#prisma/seed";
import { systemContext } from "#scripts/system-context";

const demoEmails = demoSignIns.map(({ email }) => email);

/**
 * Refuses a database that belongs to the other kind of Stripe. The demo's passwords are public, so
 * it never stands beside real keys; and the demo is never written among real tenants.
 */
export async function guardDatabase(appUrl: string, isLocalStripe: boolean): Promise<void> {
  const db = openDb(appUrl, 1);
  try {
    const { demo, tenants } = await view(systemContext(db, "start"), async (tx) => ({
      demo: await tx.user.count({ where: { email: { in: demoEmails } } }),
      tenants: await tx.tenant.count(),
    }));
    if (!isLocalStripe && demo > 0) {
      throw new Error(
        "This database holds the demo of the local Stripe, whose passwords everyone knows, and " +
          "ids your Stripe has never heard of.\nBegin with an empty one: set DATABASE_URL, or " +
          "LOCKSTEP_DATA to a new folder.",
      );
    }
    if (isLocalStripe && demo === 0 && tenants > 0) {
      throw new Error(
        "This database has tenants that the local Stripe has never heard of.\nSet " +
          "STRIPE_SECRET_KEY to the key they were made with, or begin with an empty database.",
      );
    }
  } finally {
    await db.close();
  }
}
