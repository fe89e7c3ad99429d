import { type ComponentName, components, featuresOffByDefault } from "#sandbox/connect/components";
import { invalidRequest } from "#sandbox/protocol/errors";
import { boolean, type Param, required, type Shape, shape, text } from "#sandbox/protocol/params";
import { get, type Routes, route } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Sent = Partial<
  Record<ComponentName, { enabled: boolean; features?: Record<string, boolean | undefined> }>
>;

const lifetimeSeconds = 3600;

/** Each component takes whether it is enabled and its own features, and nothing else. */
const componentFields = Object.fromEntries(
  Object.entries(components).map(([name, features]) => {
    const known: Shape = Object.fromEntries(features.map((feature) => [feature, boolean]));
    return [name, shape({ enabled: required(boolean), features: shape(known) })];
  }),
);
const sentComponents = shape(componentFields) as unknown as Param<Sent>;

/** `/v1/account_sessions`: a secret for the browser, with which components act for an account. */
export const accountSessionRoutes: Routes = {
  "POST /v1/account_sessions": route(
    { account: required(text), components: required(sentComponents) },
    (world, { account: id, components: sent }) => {
      const account = get(world, "v2.core.account", id, "account").object;
      if (account.closed) throw invalidRequest("This account is closed.", "account_closed");
      if (!Object.values(sent).some(({ enabled }) => enabled)) {
        const message = "You must enable at least one component.";
        throw invalidRequest(message, "parameter_missing", "components");
      }
      checkAuthentication(account, sent);
      const object = {
        object: "account_session" as const,
        account: id,
        client_secret: `acct_sess_secret_${world.newId("secret").slice("secret_".length)}`,
        components: wholeComponents(sent),
        expires_at: world.now() + lifetimeSeconds,
        livemode: false,
      };
      world.insert("account_session", { ...object, id: world.newId("acctsess") }, {}, world.now());
      return object;
    },
  ),
};

/** The session a browser's secret belongs to, unless its hour is over. */
export function sessionBySecret(world: World, secret: string) {
  const [row] = world.list("account_session", { key: secret });
  return row !== undefined && row.object.expires_at > world.now() ? row.object : undefined;
}

// Stripe's own sign-in can be left out only by who collects the requirements itself.
function checkAuthentication(account: ObjectOf<"v2.core.account">, sent: Sent): void {
  const collector = account.defaults?.responsibilities?.requirements_collector;
  if (collector === "application") return;
  const found = Object.entries(sent).find(
    ([, { features }]) => features?.disable_stripe_user_authentication,
  );
  if (found === undefined) return;
  throw invalidRequest(
    "You can only disable Stripe user authentication for accounts whose requirements the " +
      "application collects.",
    undefined,
    `components[${found[0]}][features][disable_stripe_user_authentication]`,
  );
}

function wholeComponents(sent: Sent): ObjectOf<"account_session">["components"] {
  const whole = Object.entries(components).map(([name, features]) => {
    const asked = sent[name as ComponentName];
    const enabled = asked?.enabled ?? false;
    const states = features.map((feature) => [
      feature,
      enabled && (asked?.features?.[feature] ?? !featuresOffByDefault.includes(feature)),
    ]);
    return [name, { enabled, features: Object.fromEntries(states) }];
  });
  return Object.fromEntries(whole) as unknown as ObjectOf<"account_session">["components"];
}
