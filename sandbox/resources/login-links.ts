import type Stripe from "stripe";
import { accountView } from "#sandbox/connect/account-view";
import { invalidRequest } from "#sandbox/protocol/errors";
import { get, type Routes, route } from "#sandbox/protocol/route";

/** `/v1/accounts/:id/login_links`: a link to an account's Express Dashboard, open once. */
export const loginLinkRoutes: Routes = {
  "POST /v1/accounts/:id/login_links": route({}, (world, _params, { id }): Stripe.LoginLink => {
    const { object: account } = get(world, "v2.core.account", id);
    if (account.dashboard !== "express") {
      throw invalidRequest(
        "Cannot create a login link for an account that does not have an Express Dashboard.",
      );
    }
    if (!accountView(world, account.id).details_submitted) {
      throw invalidRequest(
        "Cannot create a login link for an account that has not completed onboarding.",
      );
    }
    const token = world.newId("elink");
    const link = {
      object: "login_link" as const,
      created: world.now(),
      url: `${world.origin}/express/${token}`,
    };
    const kept = { ...link, id: token, account: account.id, object: "local.login_link" as const };
    world.insert("local.login_link", kept, { isUsed: false });
    return link;
  }),
};
