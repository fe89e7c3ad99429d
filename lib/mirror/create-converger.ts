import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { type Row, upsertRows } from "#lib/db/upsert-rows";
import { queryPrepared } from "#lib/db/wire";
import {
  type Converger,
  type Fact,
  keyOf,
  type Mirrored,
  type ObjectKey,
  type Owned,
} from "#lib/events/converger";
import { adoptThrough } from "#lib/mirror/adopt-through";
import { findOwners } from "#lib/mirror/find-owners";
import type { Column, Mirror } from "#lib/mirror/mirror";
import { writeParts } from "#lib/mirror/write-parts";
import type { StripeObjectType } from "#lib/stripe/object-types";

/** What a domain adds to a mirror. */
export type Meaning<Stripe> = {
  /** Keeps what a domain has of the platform's own objects, and says what is a fact by it. */
  project?(tx: Tx, seen: readonly Owned<Stripe>[], ctx: Context): Promise<Map<string, Fact[]>>;
};

/** Makes a mirror converge. Its table is written in one statement for any number of objects. */
export function createConverger<Stripe>(
  type: StripeObjectType,
  mirror: Mirror<Stripe>,
  meaning: Meaning<Stripe>,
): Converger {
  const of = `from ${mirror.table} where (account, id) in (
    select * from unnest($1::text[], $2::text[]))`;
  const instants = `select account, id, instant ${of}`;
  const whole = `select account, id, instant, object, is_deleted as "isDeleted" ${of}`;
  return {
    isFinal: (object) => mirror.isFinal?.(object as Stripe) ?? false,
    rank: (object) => mirror.rank?.(object as Stripe) ?? 0,
    isWhole: (object) => mirror.isWhole?.(object as Stripe) ?? true,
    fetch: (gateway, { id, account }) => gateway.findObject(type, id, account),
    readInstants: async (tx, keys) => {
      const { rows } = await queryPrepared<ObjectKey & { instant: Date }>(
        tx,
        instants,
        namesOf(keys),
      );
      return new Map(rows.map((row) => [keyOf(row), row.instant]));
    },
    readRows: async (tx, keys) => {
      const { rows } = await queryPrepared<Mirrored>(tx, whole, namesOf(keys));
      return new Map(rows.map((row) => [keyOf(row), row]));
    },
    apply: async (tx, seen, ctx) => {
      const owners = await findOwners(tx, seen, mirror);
      const owned = seen.map((one) => {
        return { ...one, tenantId: owners.get(keyOf(one)) ?? null } as Owned<Stripe>;
      });
      const written = await writeMirror(tx, mirror, owned);
      const ours = written.filter(({ account }) => account === "");
      await adoptThrough(tx, mirror.table, ours);
      const projected = ours.length > 0 ? await meaning.project?.(tx, ours, ctx) : undefined;
      return written.map((one) => ({
        seen: one,
        facts: [...factsOf(mirror, one), ...(projected?.get(keyOf(one)) ?? [])],
      }));
    },
  };
}

function namesOf(keys: readonly ObjectKey[]): [string[], string[]] {
  return [keys.map(({ account }) => account), keys.map(({ id }) => id)];
}

function factsOf<Stripe>({ facts }: Mirror<Stripe>, seen: Owned<Stripe>): Fact[] {
  const { tenantId, object, isDeleted } = seen;
  if (!facts || tenantId === null || isDeleted || !isTheirMoney(seen)) return [];
  return facts(object).map((fact) => ({ ...fact, tenantId }));
}

/** A tenant takes money through its account. What it pays the platform is its invoice's fact. */
function isTheirMoney({ account, object }: Owned<unknown>): boolean {
  const { destination, transfer_data: sharing, metadata } = object as Record<string, unknown>;
  // What is sent on by a transfer of its own names its account nowhere, but says what it is of.
  const { sale_checkout_id: sale } = (metadata ?? {}) as Record<string, unknown>;
  return account !== "" || Boolean(destination ?? sharing ?? sale);
}

const common = {
  ...{ account: "text", id: "text", tenant_id: "text", created_at: "timestamptz" },
  ...{ instant: "timestamptz", is_deleted: "boolean", object: "json" },
};

/** Writes what is not older than its mirror, and answers with that. */
async function writeMirror<Stripe>(
  tx: Tx,
  mirror: Mirror<Stripe>,
  seen: readonly Owned<Stripe>[],
): Promise<Owned<Stripe>[]> {
  const types = Object.entries(mirror.columns).map(([name, { type }]) => [name, type]);
  const columns = { ...common, ...Object.fromEntries(types) };
  const newer = { key: ["account", "id"], when: "kept.instant <= excluded.instant" };
  const declared = Object.entries(mirror.columns);
  const rows = seen.map((one) => rowOf(declared, one));
  const keys = await upsertRows<ObjectKey>(tx, mirror.table, columns, newer, rows);
  const kept = new Set(keys.map(keyOf));
  const written = seen.filter((one) => kept.has(keyOf(one)));
  for (const part of mirror.parts ?? []) await writeParts(tx, part, written);
  return written;
}

function rowOf<Stripe>(declared: [string, Column<Stripe>][], seen: Owned<Stripe>): Row {
  const { account, id, tenantId, instant, isDeleted, object } = seen;
  const created = (object as { created?: number | string }).created;
  const row: Record<string, unknown> = {
    ...{ account, id, tenant_id: tenantId, instant, is_deleted: isDeleted, object },
    created_at: typeof created === "number" ? new Date(created * 1000) : (created ?? null),
  };
  for (const [name, column] of declared) row[name] = column.of(object) ?? null;
  return row;
}
