import { invalidRequest } from "#sandbox/protocol/errors";
import { oneOf, required, text } from "#sandbox/protocol/params";
import {
  get,
  pageOf,
  pagingParams,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";

const url = "/v1/billing/feedback_options";

/** `/v1/billing/feedback_options`: reasons to cancel that an account asks for itself. */
export const feedbackOptionRoutes: Routes = {
  [`POST ${url}`]: route({ description: required(text) }, (world, { description }) => {
    const object: ObjectOf<"billing.feedback_option"> = {
      id: world.newId("fdbkopt"),
      object: "billing.feedback_option",
      description,
      livemode: false,
      status: "active",
      status_transitions: { deactivated_at: null },
    };
    return world.insert("billing.feedback_option", object, {}, world.now()).object;
  }),
  [`GET ${url}`]: route(
    { ...pagingParams, status: oneOf(["active", "inactive"]) },
    (world, { status, ...paging }) => {
      const query = status === undefined ? {} : { status };
      return pageOf(world, url, "billing.feedback_option", query, paging);
    },
  ),
  [`GET ${url}/:id`]: retrieveRoute("billing.feedback_option"),
  [`POST ${url}/:id`]: route({ description: text }, (world, { description }, { id }) => {
    const row = get(world, "billing.feedback_option", id);
    row.object = { ...row.object, ...(description === undefined ? {} : { description }) };
    return world.save(row).object;
  }),
  [`POST ${url}/:id/deactivate`]: route({}, (world, _params, { id }) => {
    const row = get(world, "billing.feedback_option", id);
    if (row.object.status === "inactive") {
      throw invalidRequest("This feedback option is already inactive.");
    }
    row.object = {
      ...row.object,
      status: "inactive",
      status_transitions: { deactivated_at: world.now() },
    };
    return world.save(row).object;
  }),
};
