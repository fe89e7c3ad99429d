import { emitThinEvent } from "#sandbox/events/emit";
import { bankFrom, externalAccounts, keepExternal } from "#sandbox/payments/external-account";
import { get } from "#sandbox/protocol/route";
import { tellConnect } from "#sandbox/resources/accounts-v2";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Configuration = NonNullable<ObjectOf<"v2.core.account">["configuration"]>;

const active = { status: "active" as const, status_details: [] };

/** Gives Stripe all it asked for: every capability that was requested becomes active. */
export function completeOnboarding(world: World, id: string): unknown {
  const row = get(world, "v2.core.account", id);
  const { configuration = {} } = row.object;
  const { merchant, recipient } = configuration;
  const changed: Configuration = {
    ...configuration,
    ...(merchant === undefined
      ? {}
      : { merchant: { ...merchant, capabilities: allActive(merchant.capabilities) } }),
    ...(recipient?.capabilities?.stripe_balance?.stripe_transfers === undefined
      ? {}
      : {
          recipient: {
            ...recipient,
            capabilities: { stripe_balance: { stripe_transfers: active } },
          },
        }),
  };
  row.object = {
    ...row.object,
    configuration: changed,
    requirements: { entries: [] },
  };
  world.save(row);
  if (merchant !== undefined || recipient !== undefined) giveBank(world.as(id), row.object);
  announce(world, row.object, "v2.core.account[requirements].updated");
  for (const name of row.object.applied_configurations) {
    if (name === "customer") continue;
    const part = `configuration.${name}`;
    announce(world, row.object, `v2.core.account[${part}].capability_status_updated`);
  }
  tellConnect(world, id);
  return row.object;
}

// A business that onboards says where its money is to go.
function giveBank(world: World, account: ObjectOf<"v2.core.account">): void {
  if (externalAccounts(world).length > 0) return;
  const number = "000123456789";
  const country = account.identity?.country?.toUpperCase() ?? "US";
  const currency = account.defaults?.currency ?? "usd";
  const bank = bankFrom(world, { number, country, currency, routing: "110000000" });
  keepExternal(world, bank, number, true);
}

function allActive(capabilities: object | undefined) {
  return Object.fromEntries(Object.keys(capabilities ?? {}).map((name) => [name, active]));
}

function announce(world: World, { id }: { id: string }, type: string): void {
  emitThinEvent(world, type, { id, type: "v2.core.account", url: `/v2/core/accounts/${id}` });
}
