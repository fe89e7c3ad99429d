import { evidenceNames } from "#sandbox/payments/blank-dispute";
import { invalidRequest, noSuch } from "#sandbox/protocol/errors";
import {
  boolean,
  listOf,
  oneOf,
  type Param,
  type Params,
  required,
  shape,
  text,
  unbuilt,
  unsettable,
} from "#sandbox/protocol/params";
import { address, wholeAddress } from "#sandbox/resources/address";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Dispute = ObjectOf<"dispute">;
export type Evidence = Dispute["evidence"];
type Enhanced = Evidence["enhanced_evidence"];
type Compelling = NonNullable<Enhanced["visa_compelling_evidence_3"]>;

const plain = Object.fromEntries(evidenceNames.map((name) => [name, unsettable(text)])) as Record<
  (typeof evidenceNames)[number],
  Param<string | null>
>;

const identifiers = {
  customer_account_id: unsettable(text),
  customer_device_fingerprint: unsettable(text),
  customer_device_id: unsettable(text),
  customer_email_address: unsettable(text),
  customer_purchase_ip: unsettable(text),
  product_description: unsettable(text),
  shipping_address: address,
};
const disputed = { ...identifiers, merchandise_or_services: oneOf(["merchandise", "services"]) };
const compliance = shape({ fee_acknowledged: boolean });
const compelling = shape({
  disputed_transaction: shape(disputed),
  prior_undisputed_transactions: listOf(shape({ ...identifiers, charge: required(text) })),
});
const enhanced = shape({
  mastercard_compliance: compliance,
  visa_compelling_evidence_3: compelling,
  visa_compliance: compliance,
});

/** The evidence of a dispute, as it is sent. */
export const evidenceParam = shape({
  ...plain,
  appeal: unbuilt,
  enhanced_evidence: unsettable(enhanced),
});

/** The evidence a dispute has then, of what was sent: only what its network takes from it. */
export function evidenceFrom(
  world: World,
  dispute: Dispute,
  { enhanced_evidence: sent, ...rest }: Params<typeof fields>,
): Partial<Evidence> {
  if (!sent) return rest;
  const kept = dispute.evidence.enhanced_evidence;
  for (const type of Object.keys(sent)) checkEligible(dispute, type);
  const { visa_compelling_evidence_3: story, ...acknowledged } = sent;
  return {
    ...rest,
    enhanced_evidence: {
      ...kept,
      ...Object.fromEntries(
        Object.entries(acknowledged).map(([type, { fee_acknowledged: isKnown = false }]) => [
          type,
          { fee_acknowledged: isKnown },
        ]),
      ),
      ...(story && {
        visa_compelling_evidence_3: storyFrom(world, story, kept.visa_compelling_evidence_3),
      }),
    },
  };
}

const fields = { ...plain, appeal: unbuilt, enhanced_evidence: unsettable(enhanced) };

function storyFrom(
  world: World,
  sent: Params<{ story: typeof compelling }>["story"] & object,
  kept: Compelling | undefined,
): Compelling {
  const { disputed_transaction: now, prior_undisputed_transactions: prior } = sent;
  return {
    disputed_transaction:
      now === undefined
        ? (kept?.disputed_transaction ?? null)
        : { merchandise_or_services: null, ...blank, ...kept?.disputed_transaction, ...whole(now) },
    prior_undisputed_transactions:
      prior?.map(({ charge, ...told }, place) => {
        checkCharge(world, charge, place);
        return { charge, ...blank, ...whole(told) };
      }) ??
      kept?.prior_undisputed_transactions ??
      [],
  };
}

const blank = {
  customer_account_id: null,
  customer_device_fingerprint: null,
  customer_device_id: null,
  customer_email_address: null,
  customer_purchase_ip: null,
  product_description: null,
  shipping_address: null,
};

function whole<Sent extends { shipping_address?: Parameters<typeof wholeAddress>[0] }>(sent: Sent) {
  const { shipping_address: where, ...told } = sent;
  return where === undefined ? told : { ...told, shipping_address: wholeAddress(where) };
}

function checkCharge(world: World, charge: string, place: number): void {
  if (world.find("charge", charge) !== undefined) return;
  const story = "evidence[enhanced_evidence][visa_compelling_evidence_3]";
  throw noSuch("charge", charge, `${story}[prior_undisputed_transactions][${place}][charge]`);
}

function checkEligible(dispute: Dispute, type: string): void {
  if (dispute.enhanced_eligibility_types.includes(type)) return;
  const message = `This dispute cannot be answered with ${type}: it is not eligible for it.`;
  throw invalidRequest(message, undefined, `evidence[enhanced_evidence][${type}]`);
}
