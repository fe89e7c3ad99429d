import { invalidRequest } from "#sandbox/protocol/errors";
import { oneOf, type Params, shape, text, unsettable } from "#sandbox/protocol/params";
import { get } from "#sandbox/protocol/route";
import { reasons } from "#sandbox/resources/portal-features";
import type { World } from "#sandbox/world/world";

const fields = {
  comment: unsettable(text),
  feedback: unsettable(oneOf(reasons)),
  feedback_option: unsettable(text),
};

/** Why somebody cancels, in their own words, in Stripe's, or in the account's. */
export const cancellationDetails = shape(fields);

/** The reasons given, of which the account's own must be there and in use. */
export function checkedDetails(
  world: World,
  sent: Params<typeof fields> | undefined,
): Params<typeof fields> {
  const { feedback_option: id } = sent ?? {};
  if (!id) return sent ?? {};
  const param = "cancellation_details[feedback_option]";
  const { object } = get(world, "billing.feedback_option", id, param);
  if (object.status === "active") return sent ?? {};
  throw invalidRequest("This feedback option is inactive.", undefined, param);
}
