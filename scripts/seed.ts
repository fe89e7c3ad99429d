import { openDb } from "#lib/db/client";
import { beginDemo, demoSignIns, seedCatalog, seedDemo } from "#prisma/seed";
import type { Stack } from "#scripts/stack";
import { systemContext } from "#scripts/system-context";

/**
 * Makes the catalogue current and, beside the local Stripe, the demo world. Changes nothing that
 * is there already. Returns the demo's sign-ins; none on a real Stripe.
 */
export async function seed(stack: Stack): Promise<typeof demoSignIns> {
  // Verbs read the environment of their process, and this one stands in for a web process.
  Object.assign(process.env, stack.env);
  const db = openDb(stack.env.DATABASE_APP_URL!);
  const ctx = systemContext(db, "seed");
  try {
    if (!stack.sandboxUrl) {
      await seedCatalog(ctx);
      return [];
    }
    const local = { sandboxUrl: stack.sandboxUrl, secretKey: stack.env.STRIPE_SECRET_KEY! };
    await beginDemo(ctx, local);
    await seedCatalog(ctx);
    await seedDemo(ctx, local);
    return demoSignIns;
  } finally {
    await db.close();
  }
}
