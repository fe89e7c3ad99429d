import type { Engine } from "#sandbox/engine";
import { StripeError } from "#sandbox/protocol/errors";
import { sessionBySecret } from "#sandbox/resources/account-sessions";
import type { LocalFrame } from "#sandbox/store/kept";

/** Exchanges an account session's secret, once, for the token its frames are opened with. The
 *  publishable key says whose platform it is; a secret of another's, a used or an expired one is
 *  refused. */
export function claimSession(
  engine: Engine,
  sent: { client_secret?: unknown; publishable_key?: unknown },
): LocalFrame {
  const name = /^pk_test_(\w+)$/.exec(String(sent.publishable_key))?.[1];
  if (name === undefined) throw refused("The publishable key is not one of the local Stripe.");
  const namespace = engine.namespaces.open(name);
  return engine.inWorld({ namespace }, (world) => {
    const session = sessionBySecret(world, String(sent.client_secret));
    if (session === undefined) {
      throw refused("The account session's secret is wrong, expired or was used before.");
    }
    const [row] = world.list("account_session", { key: session.client_secret });
    if (row !== undefined) world.remove(row);
    const frame: LocalFrame = {
      id: world.newId("frame"),
      object: "local.frame",
      account: session.account,
      components: session.components as unknown as LocalFrame["components"],
      expires_at: session.expires_at,
      token: crypto.randomUUID().replaceAll("-", ""),
    };
    world.insert("local.frame", frame, {}, world.now());
    return frame;
  });
}

function refused(message: string): StripeError {
  return new StripeError(401, { type: "invalid_request_error", message });
}
