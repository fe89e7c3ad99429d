import { z } from "zod";
import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { type Among, keyOf, type Mirrored, type Sampler } from "#lib/events/converger";
import type { StripeGateway } from "#lib/stripe/gateway";
import {
  isListed,
  isListedBy,
  type Listed,
  type ListFilter,
  type ObjectPage,
} from "#lib/stripe/gateway-lists";
import type { StripeObjectType } from "#lib/stripe/object-types";

/** Where a walk through the objects of one type stands; null is its beginning. */
export const cursorSchema = z
  .object({
    after: z.string(),
    /** The last second listed, and what was listed of it: the next page may go on inside it. */
    edge: z.object({ second: z.number(), ids: z.array(z.string()) }).nullable(),
  })
  .nullable();
export type Cursor = z.infer<typeof cursorSchema>;

/** Whose objects of which type. The tenant is named where only its own count. */
export type Stretch = {
  type: StripeObjectType;
  account: string;
  tenant: { id: string; customer: string | null; account: string | null } | null;
};

export type Compared = { compared: number; differing: string[]; cursor: Cursor };
type Tools = { gateway: StripeGateway; sampler: Sampler };

/** Types Stripe deletes. One that is in the mirror and not in the list may be gone. */
const deletable: readonly StripeObjectType[] = ["customer", "invoice", "price", "product"];
const nothing: Compared = { compared: 0, differing: [], cursor: null };
const walkedAtOnce = 20;
const customersAtOnce = 5;

/**
 * Compares some objects with their mirrors, and answers with the ids of those that differ, are
 * missing here, or are gone at Stripe. Lists are read where Stripe lists what is wanted; otherwise
 * the objects that the mirror knows are asked for one by one.
 */
export async function comparePage(
  ctx: Context,
  tools: Tools,
  stretch: Stretch,
  cursor: Cursor,
): Promise<Compared> {
  const { type, account, tenant } = stretch;
  const filter = filterOf(stretch);
  if (type === "payment_method") return compareByCustomer(ctx, tools, stretch, cursor);
  // Accounts are the platform's objects, whatever they tell of themselves.
  const isAccount = type === "account" || type === "v2.core.account";
  if (isAccount && account !== "") return nothing;
  if (isAccount && tenant) return compareAccount(ctx, tools, tenant.account);
  if (filter && isListed(type)) return compareListed(ctx, tools, stretch, filter, cursor);
  return compareKnown(ctx, tools, { account, tenantId: tenant?.id }, cursor);
}

/** What a list is narrowed by; null where Stripe cannot list just what is wanted. */
function filterOf({ type, account, tenant }: Stretch): ListFilter | null {
  if (!tenant || account !== "") return {};
  if (tenant.customer && isListedBy(type, "customer")) return { customer: tenant.customer };
  if (tenant.account && isListedBy(type, "destination")) return { destination: tenant.account };
  return null;
}

async function compareListed(
  ctx: Context,
  { gateway, sampler }: Tools,
  { type, account }: Stretch,
  filter: ListFilter,
  cursor: Cursor,
): Promise<Compared> {
  const page = await gateway.listObjects(type, account, cursor?.after ?? null, filter);
  if (!page) return nothing;
  const differing = await differingOf(ctx, sampler, account, page.objects);
  if (deletable.includes(type)) {
    const whose = { account, customer: filter.customer };
    differing.push(...(await goneOf(ctx, sampler, whose, page, cursor)));
  }
  return { compared: page.objects.length, differing, cursor: cursorAfter(page, cursor) };
}

async function differingOf(
  ctx: Context,
  sampler: Sampler,
  account: string,
  objects: readonly Listed[],
): Promise<string[]> {
  const keys = objects.map(({ id }) => ({ account, id }));
  const rows = await view(ctx, (tx) => sampler.readRows(tx, keys));
  return objects
    .filter((live) => {
      const row = rows.get(keyOf({ account, id: live.id }));
      return !row || !sampler.isWhole(live) || sampler.compare(row, live).length > 0;
    })
    .map(({ id }) => id);
}

/** Lists are in the order of creation, so what the mirror has in a page's time belongs to it. */
async function goneOf(
  ctx: Context,
  sampler: Sampler,
  whose: Pick<Among, "account" | "customer">,
  { objects, next }: ObjectPage,
  cursor: Cursor,
): Promise<string[]> {
  const oldest = objects.at(-1)?.created;
  // The page may end inside its last second; what else there is of it comes with the next one.
  const from = next === null || oldest === undefined ? null : instantOf(oldest + 1);
  const to = cursor?.edge ? instantOf(cursor.edge.second) : null;
  const among = { ...whose, from, to };
  const known = await view(ctx, (tx) => sampler.idsBetween(tx, among));
  const listed = new Set([...objects.map(({ id }) => id), ...(cursor?.edge?.ids ?? [])]);
  return known.filter((id) => !listed.has(id));
}

function cursorAfter({ objects, next }: ObjectPage, cursor: Cursor): Cursor {
  const second = objects.at(-1)?.created;
  if (next === null) return null;
  if (second === undefined) return { after: next, edge: null };
  const before = cursor?.edge?.second === second ? cursor.edge.ids : [];
  const ids = objects.filter(({ created }) => created === second).map(({ id }) => id);
  return { after: next, edge: { second, ids: [...before, ...ids] } };
}

async function compareByCustomer(
  ctx: Context,
  tools: Tools,
  { type, account, tenant }: Stretch,
  cursor: Cursor,
): Promise<Compared> {
  const customers = await view(ctx, (tx) =>
    tx.stripeCustomer.findMany({
      where: {
        ...{ account, isDeleted: false, id: { gt: cursor?.after ?? "" } },
        ...(tenant && account === "" && { tenantId: tenant.id }),
      },
      ...{ orderBy: { id: "asc" }, take: customersAtOnce, select: { id: true } },
    }),
  );
  const found: Compared = { compared: 0, differing: [], cursor: null };
  for (const { id: customer } of customers) {
    const objects = await listAll(tools.gateway, type, account, customer);
    found.compared += objects.length;
    found.differing.push(...(await differingOf(ctx, tools.sampler, account, objects)));
    const among = { account, from: null, to: null, customer };
    const known = await view(ctx, (tx) => tools.sampler.idsBetween(tx, among));
    const listed = new Set(objects.map(({ id }) => id));
    found.differing.push(...known.filter((id) => !listed.has(id)));
  }
  const last = customers.length === customersAtOnce ? customers.at(-1) : undefined;
  return { ...found, cursor: last ? { after: last.id, edge: null } : null };
}

async function listAll(
  gateway: StripeGateway,
  type: StripeObjectType,
  account: string,
  customer: string,
): Promise<Listed[]> {
  const objects: Listed[] = [];
  for (let after: string | null = null; ; ) {
    const page: ObjectPage | null = await gateway.listObjects(type, account, after, { customer });
    objects.push(...(page?.objects ?? []));
    after = page?.next ?? null;
    if (after === null) return objects;
  }
}

async function compareKnown(
  ctx: Context,
  { gateway, sampler }: Tools,
  { account, tenantId }: { account: string; tenantId: string | undefined },
  cursor: Cursor,
): Promise<Compared> {
  const from = { account, after: cursor?.after ?? "", count: walkedAtOnce };
  const ofTenant = account === "" ? tenantId : undefined;
  const rows = await view(ctx, (tx) => sampler.walk(tx, { ...from, tenantId: ofTenant }));
  const differing: string[] = [];
  for (const row of rows) {
    if (await isDifferent(gateway, sampler, row)) differing.push(row.id);
  }
  const last = rows.length === walkedAtOnce ? rows.at(-1) : undefined;
  return { compared: rows.length, differing, cursor: last ? { after: last.id, edge: null } : null };
}

async function isDifferent(gateway: StripeGateway, sampler: Sampler, row: Mirrored) {
  return sampler.compare(row, await sampler.fetch(gateway, row)).length > 0;
}

async function compareAccount(
  ctx: Context,
  { gateway, sampler }: Tools,
  id: string | null,
): Promise<Compared> {
  if (!id) return nothing;
  const key = { account: "", id };
  const live = await sampler.fetch(gateway, key);
  const row = (await view(ctx, (tx) => sampler.readRows(tx, [key]))).get(keyOf(key));
  const differs = row ? sampler.compare(row, live).length > 0 : live !== null;
  return { compared: 1, differing: differs ? [key.id] : [], cursor: null };
}

function instantOf(seconds: number): Date {
  return new Date(seconds * 1000);
}
