import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { isUniqueViolation, transact } from "#lib/db/transaction";

/**
 * Runs a decision that first looks whether something is still free, and refuses if not. Where
 * another takes it between the look and the write, looks again and so meets whoever won.
 */
export async function transactUnique<T>(
  ctx: Context,
  action: string,
  run: (tx: Tx) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transact(ctx, action, run);
    } catch (error) {
      if (attempt === 5 || !isUniqueViolation(error)) throw error;
    }
  }
}
