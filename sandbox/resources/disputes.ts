import { answerDispute, closeDispute, isInquiry } from "#sandbox/payments/dispute";
import { lacksAcknowledgement } from "#sandbox/payments/enhanced-evidence";
import { invalidRequest } from "#sandbox/protocol/errors";
import { boolean, metadata, oneOf, type Shape, text } from "#sandbox/protocol/params";
import {
  get,
  listRoute,
  mergeMetadata,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import { type Evidence, evidenceFrom, evidenceParam } from "#sandbox/resources/dispute-evidence";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";

const updateFields = {
  evidence: evidenceParam,
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
      const evidence = evidenceFrom(world, row.object, params.evidence ?? {});
      if (isSubmitted) checkSubmits(row, evidence);
      answerDispute(world, row, evidence, isSubmitted);
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

// Evidence that may not be handed in yet is not kept either.
function checkSubmits({ object, hidden }: Row<"dispute">, evidence: Partial<Evidence>): void {
  if (lacksAcknowledgement(evidence.enhanced_evidence ?? object.evidence.enhanced_evidence)) {
    const message = "You must acknowledge the network's fee before you submit evidence.";
    throw invalidRequest(message, undefined, "evidence[enhanced_evidence]");
  }
  if (object.intended_submission_method !== "smart_disputes" || hidden.isSmart) return;
  const message = "Smart Disputes is not available for this dispute.";
  throw invalidRequest(message, "smart_disputes_not_available", "intended_submission_method");
}

function checkOpen({ object }: Row<"dispute">, verb: string): void {
  if (object.status.endsWith("needs_response")) return;
  const message = `You cannot ${verb} this dispute because it has a status of ${object.status}.`;
  throw invalidRequest(message, "dispute_unexpected_state");
}
