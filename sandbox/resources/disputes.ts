import { evidenceNames } from "#sandbox/payments/blank-dispute";
import { answerDispute, closeDispute, isInquiry } from "#sandbox/payments/dispute";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  boolean,
  metadata,
  oneOf,
  type Param,
  type Shape,
  shape,
  text,
  unbuilt,
  unsettable,
} from "#sandbox/protocol/params";
import {
  get,
  listRoute,
  mergeMetadata,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";

type EvidenceName = (typeof evidenceNames)[number];

const evidenceFields = Object.fromEntries(
  evidenceNames.map((name) => [name, unsettable(text)]),
) as Record<EvidenceName, Param<string | null>>;
const updateFields = {
  evidence: shape({ ...evidenceFields, appeal: unbuilt, enhanced_evidence: unbuilt }),
  intended_submission_method: oneOf([
    "manual",
    "prefer_manual",
    "prefer_smart_disputes",
    "smart_disputes",
  ]),
  metadata,
  submit: boolean,
} satisfies Shape;

const url = "/v1/disputes";

/** `/v1/disputes`: what cardholders' banks took back, and what was answered. */
export const disputeRoutes: Routes = {
  [`GET ${url}`]: listRoute(
    "dispute",
    url,
    { charge: text, payment_intent: text },
    (_world, { charge, payment_intent }) => ({ parent: charge, key: payment_intent }),
  ),
  [`GET ${url}/:id`]: retrieveRoute("dispute"),
  [`POST ${url}/:id`]: route(updateFields, (world, params, { id }) => {
    const row = get(world, "dispute", id);
    const method = params.intended_submission_method;
    row.object = {
      ...row.object,
      ...(method === undefined ? {} : { intended_submission_method: method }),
      metadata: mergeMetadata(row.object.metadata, params.metadata),
    };
    world.save(row);
    const isSubmitted = params.submit ?? params.evidence !== undefined;
    if (params.evidence !== undefined || isSubmitted) {
      checkOpen(row, "update");
      answerDispute(world, row, params.evidence ?? {}, isSubmitted);
    } else world.emit("charge.dispute.updated", row.object);
    return show(world, row.object);
  }),
  [`POST ${url}/:id/close`]: route({}, (world, _params, { id }) => {
    const row = get(world, "dispute", id);
    checkOpen(row, "close");
    closeDispute(world, row, isInquiry(row.object) ? "warning_closed" : "lost");
    return show(world, row.object);
  }),
};

function checkOpen({ object }: Row<"dispute">, verb: string): void {
  if (object.status.endsWith("needs_response")) return;
  const message = `You cannot ${verb} this dispute because it has a status of ${object.status}.`;
  throw invalidRequest(message, "dispute_unexpected_state");
}
