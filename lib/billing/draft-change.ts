import type { ChangeChoice, ChangeKind, ChangeRequest } from "#lib/billing/change";
import type { ChangeInput } from "#lib/billing/change-input";
import type { Standing } from "#lib/billing/change-standing";
import type { DiscountLeft } from "#lib/billing/discount";
import { draftDiscount, draftOffer } from "#lib/billing/draft-discount";
import { draftPlanChange } from "#lib/billing/draft-plan-change";
import {
  draftCancel,
  draftCancelNow,
  draftKeep,
  draftPause,
  draftResume,
} from "#lib/billing/draft-stop";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { PreviewQuestion } from "#lib/stripe/gateway-previews";
import type { TenantContext } from "#lib/tenancy/context";

/** A change as it would be made: nothing is decided yet. */
export type ChangeDraft = {
  kind: ChangeKind;
  choice: ChangeChoice;
  request: ChangeRequest;
  /** As of when time that was paid for is counted, where it is. */
  prorationAt?: Date;
  /** When it takes effect, where that is later. */
  effectiveAt: Date | null;
  resumesAt?: Date | null;
  /** False where Stripe counts time up to the second it is made, and not to one that was fixed. */
  isExact: boolean;
  /** What is taken off from then on, and how much of it is left. */
  discounts?: DiscountLeft[];
  /** In words, what a code takes the place of. */
  replaces?: string[];
  reason?: string;
  comment?: string | undefined;
  /** What Stripe is asked to draw up: what is due now, and what comes next. */
  questions: { now: PreviewQuestion | null; next: PreviewQuestion | null };
};

type Kind = ChangeInput["kind"];
type Draft<K extends Kind> = (
  ctx: TenantContext,
  standing: Standing,
  input: Extract<ChangeInput, { kind: K }>,
  prorationAt: Date,
  gateway: StripeGateway,
) => Promise<ChangeDraft>;

/** How each kind of change is made. */
const drafts: { readonly [K in Kind]: Draft<K> } = {
  plan: draftPlanChange,
  pause: draftPause,
  resume: draftResume,
  cancel: draftCancel,
  cancel_now: draftCancelNow,
  undo_cancel: draftKeep,
  discount: draftDiscount,
  offer: draftOffer,
};

/** Works out what a change would be, without deciding it. Refuses what cannot be. */
export function draftChange(
  ctx: TenantContext,
  standing: Standing,
  input: ChangeInput,
  prorationAt: Date,
  gateway: StripeGateway,
): Promise<ChangeDraft> {
  const draft = drafts[input.kind] as Draft<Kind>;
  return draft(ctx, standing, input, prorationAt, gateway);
}
