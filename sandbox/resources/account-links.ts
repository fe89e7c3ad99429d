import { invalidRequest } from "#sandbox/protocol/errors";
import { oneOf, required, type Shape, shape, text, unbuilt } from "#sandbox/protocol/params";
import { get, type Routes, route } from "#sandbox/protocol/route";

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

const lifetimeSeconds = 300;

/** `/v2/core/account_links`: a page to onboard on, open once and for a few minutes. */
export const accountLinkRoutes: Routes = {
  "POST /v2/core/account_links": route(fields, (world, { account, use_case: useCase }) => {
    get(world, "v2.core.account", account, "account");
    if (useCase[useCase.type] === undefined) {
      const param = `use_case[${useCase.type}]`;
      throw invalidRequest(`Missing required param: ${param}.`, "parameter_missing", param);
    }
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
  }),
};
