import { invalidRequest } from "#sandbox/protocol/errors";
import { oneOf, required, type Shape, shape, text, unbuilt } from "#sandbox/protocol/params";
import { get, type Routes, route } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

const leads = shape({
  refresh_url: required(text),
  return_url: text,
  collection_options: shape({
    fields: oneOf(["currently_due", "eventually_due"]),
    future_requirements: oneOf(["include", "omit"]),
  }),
});
const fields = {
  account: required(text),
  use_case: required(
    shape({
      type: required(oneOf(["account_onboarding", "account_update"])),
      account_onboarding: leads,
      account_update: leads,
      recipient_onboarding: unbuilt,
    }),
  ),
} satisfies Shape;

type UseCase = ObjectOf<"v2.core.account_link">["use_case"];

const lifetimeSeconds = 300;

const fieldsOfV1 = {
  account: required(text),
  collect: unbuilt,
  collection_options: shape({
    fields: oneOf(["currently_due", "eventually_due"]),
    future_requirements: oneOf(["include", "omit"]),
  }),
  refresh_url: required(text),
  return_url: required(text),
  type: required(oneOf(["account_onboarding", "account_update"])),
} satisfies Shape;

/** `/v2/core/account_links` and `/v1/account_links`: a page to onboard on, open once and for a few
 *  minutes. */
export const accountLinkRoutes: Routes = {
  "POST /v2/core/account_links": route(fields, (world, { account, use_case: useCase }) => {
    if (useCase[useCase.type] === undefined) {
      const param = `use_case[${useCase.type}]`;
      throw invalidRequest(`Missing required param: ${param}.`, "parameter_missing", param);
    }
    return createLink(world, account, useCase);
  }),
  "POST /v1/account_links": route(fieldsOfV1, (world, { account, type, ...sent }) => {
    const { refresh_url, return_url } = sent;
    const useCase = { type, [type]: { refresh_url, return_url } };
    const { created, expires_at, url } = createLink(world, account, useCase);
    const seconds = (time: string) => Math.floor(Date.parse(time) / 1000);
    const times = { created: seconds(created), expires_at: seconds(expires_at) };
    return { object: "account_link", ...times, url };
  }),
};

function createLink(world: World, account: string, useCase: UseCase) {
  const { object } = get(world, "v2.core.account", account, "account");
  if (object.closed) throw invalidRequest("This account is closed.", "account_closed");
  const id = world.newId("alink");
  const link = {
    object: "v2.core.account_link" as const,
    account,
    created: new Date(world.now() * 1000).toISOString(),
    expires_at: new Date((world.now() + lifetimeSeconds) * 1000).toISOString(),
    livemode: false,
    url: `${world.origin}/connect/onboarding/${id}`,
    use_case: useCase,
  };
  world.insert("v2.core.account_link", { ...link, id }, { state: "fresh" }, world.now());
  return link;
}
