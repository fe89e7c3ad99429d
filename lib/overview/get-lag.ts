import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { asSystem } from "#lib/tenancy/as-system";

/** How far the mirrors are behind Stripe, as every page says it: "In lockstep · 0.4 s". */
export type Lag = {
  state: "in lockstep" | "behind" | "stopped";
  /** The age of the oldest event that waits for its first try, or how long the latest one took. */
  lagMs: number;
};

const behindMs = 5_000;

type Row = { oldest: Date | null; took: number | null; alive: boolean };

/** For anyone: it tells how the platform keeps up and nothing of any tenant. */
export async function getLag(ctx: Context): Promise<Lag> {
  const [row] = await view(
    asSystem(ctx),
    (tx) => tx.$queryRaw<Row[]>`select
      (select received_at from inbox_waiting where due_at = '-infinity'
        order by received_at limit 1) as oldest,
      (select extract(epoch from handled_at - received_at)::float8 * 1000 from (
        select status, received_at, handled_at from inbox_events
        order by received_at desc, id desc limit 1000
      ) newest where status = 'done' limit 1) as took,
      exists (select from inbox_workers where until > now()) as alive`,
  );
  const waitedMs = row?.oldest ? ctx.now().getTime() - row.oldest.getTime() : 0;
  const lagMs = Math.max(0, Math.round(row?.oldest ? waitedMs : (row?.took ?? 0)));
  if (!row?.alive) return { state: "stopped", lagMs };
  return { state: waitedMs > behindMs ? "behind" : "in lockstep", lagMs };
}
