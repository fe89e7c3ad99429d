import { z } from "zod";
import { capabilityWords } from "#lib/connect/mail-about-account";
import { phraseOf, readableName } from "#lib/connect/requirement-words";
import { type Requirement, standingOf, type V2Account } from "#lib/connect/standing";
import type { Tx } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import type { Stake } from "#lib/overview/attention";
import { readVolumes } from "#lib/overview/read-volumes";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export const simulationQuery = z.object({
  /** What would have stopped by then; without it whatever is asked at all. */
  by: z
    .string()
    .max(40)
    // As an address holds it: without a zone it is UTC.
    .transform((text) =>
      /(Z|[+-]\d\d:?\d\d)$/.test(text) || !text.includes("T") ? text : `${text}Z`,
    )
    .refine((text) => !Number.isNaN(Date.parse(text)), "Write an instant, as 2026-03-01T12:00.")
    .optional(),
  /** Stripe's name of one requirement. */
  requirement: z.string().trim().max(200).optional(),
});
export type SimulationQuery = z.output<typeof simulationQuery>;

export type SimulatedRow = {
  tenant: { id: string; name: string };
  /** What would be missing, by Stripe's names and as people read them. */
  missing: { description: string; name: string; by: Date | null; isFuture: boolean }[];
  /** What would stop, in words. */
  stops: string[];
  /** What the tenant took in thirty days. */
  amounts: Stake[];
};
export type Simulation = {
  rows: SimulatedRow[];
  total: Stake[];
  /** Everything that is asked of anybody, to choose from. */
  requirements: { description: string; name: string; tenants: number }[];
  isCut: boolean;
};

const looked = 5_000;

/**
 * What would stop for whom if what Stripe asks were not given by a day: of one requirement or of
 * all, those of coming rules among them. Nothing changes by it.
 */
export async function simulateRequirements(
  ctx: PlatformContext,
  { by, requirement }: SimulationQuery,
): Promise<Simulation> {
  requirePlatform(ctx, "tenants:read");
  const until = by ? new Date(by) : null;

  return view(ctx, async (tx) => {
    const asked = await readAsked(tx);
    const accounts = asked.slice(0, looked).map(({ tenantId, tenant, object }) => {
      return { tenant: { id: tenantId, name: tenant }, entries: entriesOf(object) };
    });
    const hit = accounts
      .map(({ tenant, entries }) => {
        const missing = entries
          .filter(({ description }) => !requirement || description === requirement)
          .filter(({ at, due }) => until === null || due === "past_due" || (at && at <= until));
        return { tenant, missing };
      })
      .filter(({ missing }) => missing.length > 0);
    const volumes = await readVolumes(
      tx,
      hit.map(({ tenant }) => tenant.id),
      ctx.now(),
    );
    const rows = hit.map(({ tenant, missing }) => rowOf(tenant, missing, volumes));
    return {
      rows: rows.toSorted((a, b) => a.tenant.name.localeCompare(b.tenant.name)),
      total: sumOf(rows.flatMap(({ amounts }) => amounts)),
      requirements: namesIn(accounts.map(({ entries }) => entries)),
      isCut: asked.length > looked,
    };
  });
}

type Asked = { tenantId: string; tenant: string; object: V2Account };
type Dated = Requirement & { at: Date | null };

function readAsked(tx: Tx): Promise<Asked[]> {
  return tx.$queryRaw<Asked[]>`
    select c.tenant_id as "tenantId", t.name as tenant, m.object
    from connected_accounts c
    join tenants t on t.id = c.tenant_id
    join stripe_v2_accounts m on m.account = '' and m.id = c.account_id
    where c.status not in ('closed', 'suspended') and (
      coalesce(jsonb_array_length((m.object #> '{requirements,entries}')::jsonb), 0) > 0
      or coalesce(jsonb_array_length((m.object #> '{future_requirements,entries}')::jsonb), 0) > 0)
    order by c.due_at nulls last, c.tenant_id limit ${looked + 1}`;
}

/** What a person has to give, each with its day; Stripe dates the whole rather than the parts. */
function entriesOf(object: V2Account): Dated[] {
  const { requirements, dueAt, futureDueAt } = standingOf(object);
  return requirements
    .filter(({ awaits }) => awaits === "user")
    .map((one) => {
      const at = one.isFuture ? futureDueAt : one.due === "eventually_due" ? null : dueAt;
      return { ...one, at };
    });
}

function rowOf(
  tenant: SimulatedRow["tenant"],
  missing: readonly Dated[],
  volumes: ReadonlyMap<string, Stake[]>,
): SimulatedRow {
  const stops = missing.flatMap((one) => one.stops.map(({ capability }) => capability));
  return {
    tenant,
    missing: missing.map(({ description, at, isFuture }) => {
      return { description, name: phraseOf(description), by: at, isFuture };
    }),
    stops: [...new Set(stops.map(capabilityWords))],
    amounts: volumes.get(tenant.id) ?? [],
  };
}

function namesIn(accounts: readonly Dated[][]): Simulation["requirements"] {
  const counts = new Map<string, number>();
  for (const entries of accounts) {
    for (const name of new Set(entries.map(({ description }) => description))) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([description, tenants]) => ({ description, name: readableName(description), tenants }))
    .toSorted((a, b) => b.tenants - a.tenants || a.name.localeCompare(b.name));
}

function sumOf(amounts: readonly Stake[]): Stake[] {
  const byCurrency = Map.groupBy(amounts, ({ currency }) => currency);
  return [...byCurrency].map(([currency, stakes]) => {
    return { currency, minor: stakes.reduce((sum, { minor }) => sum + minor, 0n) };
  });
}
