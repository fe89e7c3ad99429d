import { type Collection, collectionId, readCollection } from "#lib/billing/collection";
import { liveStatuses } from "#lib/billing/subscription";
import type { Tx } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type {
  MethodConfiguration,
  TaxRegistration,
  TaxSetup,
} from "#lib/stripe/gateway-collection";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export type Untaxed = { tenantId: string; tenant: string; subscriptionId: string };
export type TaxPage = {
  tax: Collection["tax"];
  /** False while plans are still being brought to it. */
  isSettled: boolean;
  changedAt: Date | null;
  setup: TaxSetup;
  registrations: TaxRegistration[];
  live: { taxed: number; untaxed: number };
  /** Some of the live plans that are not taxed. */
  untaxed: Untaxed[];
};
export type MethodsSetup = {
  wishes: Collection["methods"];
  isSettled: boolean;
  /** What Stripe has; null while nothing was decided here. */
  configuration: MethodConfiguration | null;
};

const shown = 20;

/** How tax is collected: what was decided here, what Stripe has, and whom it reaches. */
export async function getTax(
  ctx: PlatformContext,
  gateway: StripeGateway = stripeGateway(),
): Promise<TaxPage> {
  requirePlatform(ctx, "invoices:read");
  const [setup, registrations] = await Promise.all([
    gateway.readTaxSetup(),
    gateway.listTaxRegistrations(),
  ]);
  return view(ctx, async (tx) => {
    const row = await tx.collectionSettings.findUnique({ where: { id: collectionId } });
    return {
      tax: row?.tax ?? "off",
      isSettled: !row || row.taxToldAt !== null,
      changedAt: row?.changedAt ?? null,
      ...{ setup, registrations, live: await countLive(tx), untaxed: await findUntaxed(tx) },
    };
  });
}

/** Which ways to pay were decided on here, and what Stripe made of it. */
export async function getMethodsSetup(
  ctx: PlatformContext,
  gateway: StripeGateway = stripeGateway(),
): Promise<MethodsSetup> {
  requirePlatform(ctx, "invoices:read");
  const row = await view(ctx, (tx) =>
    tx.collectionSettings.findUnique({ where: { id: collectionId } }),
  );
  const { methods: wishes, methodConfigurationId: id } = await view(ctx, readCollection);
  const configuration = id ? await gateway.findMethodConfiguration(id) : null;
  const isSettled = !row || Object.keys(wishes).length === 0 || row.methodsToldAt !== null;
  return { wishes, isSettled, configuration };
}

async function countLive(tx: Tx): Promise<TaxPage["live"]> {
  const [counted] = await tx.$queryRaw<{ taxed: number; untaxed: number }[]>`
    select count(*) filter (where is_taxed)::int as taxed,
      count(*) filter (where not is_taxed)::int as untaxed
    from (select coalesce((object #>> '{automatic_tax,enabled}')::boolean, false) as is_taxed
      from subscriptions where status = any(${[...liveStatuses]})) live`;
  return counted ?? { taxed: 0, untaxed: 0 };
}

function findUntaxed(tx: Tx): Promise<Untaxed[]> {
  return tx.$queryRaw<Untaxed[]>`
    select s.id as "subscriptionId", t.id as "tenantId", t.name as tenant
    from subscriptions s join tenants t on t.id = s.tenant_id
    where s.status = any(${[...liveStatuses]})
      and not coalesce((s.object #>> '{automatic_tax,enabled}')::boolean, false)
    order by t.name, s.id limit ${shown}`;
}
