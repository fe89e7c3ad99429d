import { declined } from "#sandbox/payments/declines";
import { settingsOf } from "#sandbox/payments/local-settings";
import { type Decline, testCards } from "#sandbox/payments/test-cards";
import type { RadarRule } from "#sandbox/store/kept";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** Why a card's bank refuses it. A code that was never typed cannot be wrong. */
export function bankDecline({ object, hidden }: Row<"payment_method">): Decline | undefined {
  const decline = testCards[hidden.number]?.decline;
  const isUnchecked = decline?.param === "cvc" && object.card?.checks?.cvc_check === null;
  return isUnchecked ? undefined : decline;
}

/** Why a payment by a card is refused, by its bank or by Radar's rules, if it is. */
export function declineOf(world: World, method: Row<"payment_method">): Decline | undefined {
  return bankDecline(method) ?? blocked(world, method);
}

/** Whether a rule of this world's Radar is on. None is, until the settings say so. */
export function radarDoes(world: World, rule: RadarRule): boolean {
  return settingsOf(world).radar?.rules.includes(rule) ?? false;
}

function blocked(world: World, { object, hidden }: Row<"payment_method">): Decline | undefined {
  const hits = rulesHitBy(object.card?.checks ?? null, testCards[hidden.number]?.radar);
  const rule = hits.find((each) => each.startsWith("block_") && radarDoes(world, each));
  if (rule === undefined) return undefined;
  return { ...declined("fraudulent"), blockedFor: "rule", rule };
}

type Checks = NonNullable<NonNullable<ObjectOf<"payment_method">["card"]>["checks"]>;

function rulesHitBy(checks: Checks | null, own: RadarRule | undefined): RadarRule[] {
  return [
    ...(own === undefined ? [] : [own]),
    ...(checks?.cvc_check === "fail" ? ["block_failed_cvc" as const] : []),
    ...(checks?.address_postal_code_check === "fail" ? ["block_failed_postal_code" as const] : []),
  ];
}
