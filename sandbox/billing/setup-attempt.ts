import type { ThreeDSecure } from "#sandbox/payments/three-d-secure";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Attempt = ObjectOf<"setup_attempt">;
type Intent = Row<"setup_intent">;

/** How an attempt stands. */
interface Standing {
  status: "abandoned" | "failed" | "requires_action" | "succeeded";
  error?: Attempt["setup_error"];
  threeDSecure?: ThreeDSecure | null;
}

/** Writes down how a try to set a method up stands. Asking its holder and their answer are one try;
 *  the next method is the next. */
export function noteAttempt(
  world: World,
  intent: Intent,
  method: Row<"payment_method">,
  { status, error = null, threeDSecure = null }: Standing,
): void {
  const latest = world.find("setup_attempt", intent.object.latest_attempt ?? "");
  const isSame =
    latest?.object.status === "requires_action" &&
    latest.object.payment_method === method.object.id;
  const now = {
    payment_method_details: detailsOf(method, threeDSecure),
    setup_error: error,
    status,
  };
  if (isSame) {
    latest.object = { ...latest.object, ...now };
    world.save(latest);
    return;
  }
  const { customer, customer_account, id, on_behalf_of, usage } = intent.object;
  const attempt: Attempt = {
    id: world.newId("setatt"),
    object: "setup_attempt",
    application: null,
    created: world.now(),
    customer,
    customer_account: customer_account ?? null,
    flow_directions: null,
    livemode: false,
    on_behalf_of,
    payment_method: method.object.id,
    setup_intent: id,
    usage,
    ...now,
  };
  world.insert("setup_attempt", attempt, {});
  intent.object = { ...intent.object, latest_attempt: attempt.id };
  world.save(intent);
}

/** A setup that is given up leaves nobody to be asked. */
export function abandonAttempt(world: World, intent: Intent): void {
  const latest = world.find("setup_attempt", intent.object.latest_attempt ?? "");
  if (latest?.object.status !== "requires_action") return;
  latest.object = { ...latest.object, status: "abandoned" };
  world.save(latest);
}

function detailsOf(
  { object }: Row<"payment_method">,
  threeDSecure: ThreeDSecure | null,
): Attempt["payment_method_details"] {
  const { card, type } = object;
  if (!card) return { [type]: {}, type };
  const { brand, checks, country, exp_month, exp_year, fingerprint, funding, last4 } = card;
  return {
    card: {
      ...{ brand, checks, country, exp_month, exp_year, funding, last4 },
      fingerprint: fingerprint ?? null,
      network: card.networks?.preferred ?? brand,
      three_d_secure: ofSetup(threeDSecure),
      wallet: null,
    },
    type,
  };
}

// No exemption is claimed for a setup.
function ofSetup(
  details: ThreeDSecure | null,
): NonNullable<Attempt["payment_method_details"]["card"]>["three_d_secure"] {
  if (details === null) return null;
  const { authentication_flow, electronic_commerce_indicator, result } = details;
  const { result_reason, transaction_id, version } = details;
  return {
    ...{ authentication_flow, electronic_commerce_indicator, result, result_reason },
    ...{ transaction_id, version },
  };
}
