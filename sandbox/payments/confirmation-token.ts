import { invalidRequest } from "#sandbox/protocol/errors";
import { get } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Token = ObjectOf<"confirmation_token">;
const lifetimeSeconds = 12 * 3_600;

/** Keeps what a payer has given until an intent is confirmed with it. A method made for it is seen
 *  by nobody before. */
export function keepToken(
  world: World,
  method: Row<"payment_method">,
  isMade: boolean,
  facts: Pick<Token, "return_url" | "setup_future_usage" | "shipping">,
): Row<"confirmation_token"> {
  const {
    metadata: _metadata,
    created: _created,
    id: _id,
    livemode: _livemode,
    ...rest
  } = method.object;
  const { object: _object, ...preview } = rest;
  const token: Token = {
    ...facts,
    id: world.newId("ctoken"),
    object: "confirmation_token",
    created: world.now(),
    expires_at: world.now() + lifetimeSeconds,
    livemode: false,
    metadata: null,
    payment_intent: null,
    payment_method_options: null,
    payment_method_preview: preview as Token["payment_method_preview"],
    setup_intent: null,
    use_stripe_sdk: true,
  };
  if (isMade) world.remove(method);
  return world.insert("confirmation_token", token, { method: method.object.id, isMade });
}

/** Takes a token for an intent, once: its method may now be used, and is seen. */
export function takeToken(
  world: World,
  id: string,
  intent: { payment_intent: string } | { setup_intent: string },
): { token: Token; method: string } {
  const row = get(world, "confirmation_token", id, "confirmation_token");
  const { expires_at: end, payment_intent, setup_intent } = row.object;
  const user = payment_intent ?? setup_intent;
  const isAgain = user !== null && Object.values(intent).includes(user);
  if (user !== null && !isAgain) {
    const message = `This ConfirmationToken was used already, to confirm ${user}.`;
    throw invalidRequest(message, undefined, "confirmation_token");
  }
  if ((end ?? 0) <= world.now() && !isAgain) {
    throw invalidRequest("This ConfirmationToken has expired.", undefined, "confirmation_token");
  }
  const { method, isMade } = row.hidden;
  const made = world.find("payment_method", method);
  if (isMade && made?.isDeleted && !isAgain) world.restore(made);
  row.object = { ...row.object, ...intent, expires_at: null };
  world.save(row);
  return { token: row.object, method };
}
