import { accountView, capabilityView } from "#sandbox/connect/account-view";
import { isInGoodStanding, requirementsOf } from "#sandbox/connect/requirements";
import { emitThinEvent } from "#sandbox/events/emit";
import { isCutOff } from "#sandbox/events/subscribers";
import { lookAgain } from "#sandbox/payments/payout-schedule";
import { get } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Account = ObjectOf<"v2.core.account">;
type Configuration = NonNullable<Account["configuration"]>;

/** Brings an account's requirements and capabilities in line with what is known of it, and tells
 *  both kinds of endpoint what changed. */
export function refreshAccount(world: World, id: string): void {
  const platform = world.as(world.namespace.account);
  const row = get(platform, "v2.core.account", id);
  const before = row.object;
  const requirements = requirementsOf(platform, before, row.hidden);
  const isActive = !before.closed && isInGoodStanding(requirements);
  const configuration = withCapabilities(before.configuration ?? {}, isActive);
  row.object = { ...before, configuration, requirements };
  platform.save(row);
  for (const { deadline } of row.hidden.demands ?? []) {
    if (deadline !== null && deadline > world.now()) {
      platform.schedule("account.deadline", id, deadline);
    }
  }
  announceChanges(platform, before, row.object);
}

/** Tells v2 endpoints that a part of an account changed. */
export function announceAccount(platform: World, id: string, type: string, data?: object): void {
  if (isCutOff(platform, id)) return;
  const about = { id, type: "v2.core.account", url: `/v2/core/accounts/${id}` };
  emitThinEvent(platform, type, about, data);
}

/** Tells v1 Connect endpoints that an account changed. */
export function tellConnect(world: World, id: string): void {
  world.as(id).emit("account.updated", accountView(world, id));
}

function announceChanges(platform: World, before: Account, after: Account): void {
  const { id } = after;
  const isAskedAnew = differs(before.requirements ?? { entries: [] }, after.requirements);
  if (isAskedAnew) announceAccount(platform, id, "v2.core.account[requirements].updated");
  let changed = isAskedAnew;
  for (const name of ["merchant", "recipient"] as const) {
    const [past, present] = [statesOf(before, name), statesOf(after, name)];
    const updated = Object.keys({ ...past, ...present }).filter((each) =>
      differs(past[each], present[each]),
    );
    if (updated.length === 0) continue;
    changed = true;
    const type = `v2.core.account[configuration.${name}].capability_status_updated`;
    for (const each of updated) announceAccount(platform, id, type, { updated_capability: each });
    for (const capability of capabilityView(platform, id, name)) {
      platform.as(id).emit("capability.updated", capability);
    }
  }
  if (!changed) return;
  tellConnect(platform, id);
  lookAgain(platform.as(id));
}

/** What stands with each capability of a configuration, by the name events give it. */
function statesOf({ configuration }: Account, name: "merchant" | "recipient") {
  if (name === "merchant") return (configuration?.merchant?.capabilities ?? {}) as States;
  const transfers = configuration?.recipient?.capabilities?.stripe_balance?.stripe_transfers;
  return (transfers ? { "stripe_balance.stripe_transfers": transfers } : {}) as States;
}
type States = Record<string, unknown>;

const differs = (left: unknown, right: unknown) => JSON.stringify(left) !== JSON.stringify(right);

const active = { status: "active" as const, status_details: [] };
const restricted = {
  status: "restricted" as const,
  status_details: [{ code: "requirements_past_due" as const, resolution: "provide_info" as const }],
};

function withCapabilities(kept: Configuration, isActive: boolean): Configuration {
  const state = isActive ? active : restricted;
  const { merchant, recipient } = kept;
  const names = Object.keys(merchant?.capabilities ?? {});
  return {
    ...kept,
    ...(merchant === undefined
      ? {}
      : {
          merchant: {
            ...merchant,
            capabilities: Object.fromEntries(names.map((name) => [name, state])),
          },
        }),
    ...(recipient?.capabilities?.stripe_balance?.stripe_transfers === undefined
      ? {}
      : {
          recipient: {
            ...recipient,
            capabilities: { stripe_balance: { stripe_transfers: state } },
          },
        }),
  };
}
