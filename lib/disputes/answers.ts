import { z } from "zod";
import { disputeStatuses } from "#lib/disputes/dispute";
import { fileFields, type TextField, textFields } from "#lib/disputes/evidence";
import { instant, wholeNumber } from "#lib/wire";

/** What the API answers about disputes. */

const sum = z
  .object({ minor: wholeNumber, currency: z.string() })
  .describe("In a currency of Stripe's, which need not be one plans are priced in.");
const texts = z.object(
  Object.fromEntries(textFields.map((name) => [name, z.string().optional()])) as {
    [Name in TextField]: z.ZodOptional<z.ZodString>;
  },
);
const compliance = z.enum(["visa_compliance", "mastercard_compliance"]);

export const disputeAnswer = z
  .object({
    id: z.string(),
    account: z.string().describe("The account the payment was made on; empty: the platform's."),
    bearer: z.enum(["tenant", "platform"]).describe("Whose balance it is taken from."),
    stage: z.enum(["inquiry", "dispute"]),
    status: z.enum(disputeStatuses),
    isOpen: z.boolean().describe("It waits for an answer."),
    reason: z.string(),
    networkReasonCode: z.string().nullable(),
    amount: sum,
    dueAt: instant.nullable(),
    openedAt: instant,
    chargeId: z.string().nullable(),
    paymentIntentId: z.string().nullable(),
    money: z
      .object({ taken: sum, fee: sum, returned: sum, cost: sum })
      .nullable()
      .describe("What it moved so far; null while nothing was."),
    isRefundable: z.boolean().describe("A refund of the payment would end it."),
    networkFee: z.object({ kind: compliance, amount: sum }).nullable(),
    submissions: z.number().int(),
  })
  .meta({ id: "Dispute" });

const file = z
  .object({
    ...{ id: z.string(), field: z.enum(fileFields as [(typeof fileFields)[number]]) },
    ...{ fileId: z.string(), name: z.string(), type: z.string(), bytes: z.number().int() },
    addedAt: instant,
  })
  .meta({ id: "DisputeDocument" });
export const fileAnswer = file;

export const disputePageAnswer = disputeAnswer
  .extend({
    payment: z
      .object({
        ...{ chargeId: z.string(), paymentIntentId: z.string().nullable(), amount: sum },
        ...{ refunded: sum, refundedAt: instant.nullable(), paidAt: instant },
        ...{ method: z.string(), description: z.string().nullable() },
        ...{ customerId: z.string().nullable(), customerName: z.string().nullable() },
        customerEmail: z.string().nullable(),
        passedOn: z.object({ transferId: z.string(), amount: sum, reversed: sum }).nullable(),
      })
      .nullable(),
    answer: z
      .object({
        ...{ id: z.string(), status: z.enum(["draft", "requested", "sent", "failed"]) },
        ...{ decision: z.enum(["submit", "accept"]).nullable(), texts, files: z.array(file) },
        ...{ editedAt: instant, decidedAt: instant.nullable() },
        ...{ decidedBy: z.string().nullable(), error: z.string().nullable() },
      })
      .nullable(),
    preview: z
      .object({
        evidence: z.record(z.string(), z.string()),
        compliance: compliance.nullable(),
        digest: z.string().describe("Send it as `seen` to submit exactly this."),
        missing: z.array(z.string()).describe("What weighs most for this reason and is not in it."),
      })
      .describe("Exactly what would be sent now."),
    suggested: texts.describe("What the payment itself says, to begin a draft with."),
  })
  .meta({ id: "DisputePage" });

export const fraudWarningAnswer = z
  .object({
    ...{ id: z.string(), chargeId: z.string().nullable(), paymentIntentId: z.string().nullable() },
    fraudType: z.string().nullable(),
    isActionable: z.boolean().describe("A refund still keeps it from becoming a dispute."),
    ...{ warnedAt: instant, amount: sum.nullable(), customerEmail: z.string().nullable() },
  })
  .meta({ id: "FraudWarning" });

export const anyDisputeAnswer = disputeAnswer
  .extend({
    tenant: z.object({ id: z.string(), name: z.string() }).nullable(),
    isOurs: z.boolean().describe("Of what the tenant itself pays the platform."),
    hasDraft: z.boolean(),
  })
  .meta({ id: "AnyDispute" });

export const lossAnswer = z
  .object({
    loss: z
      .object({
        cost: sum.describe("With Stripe's fee; less where the bank gave it back."),
        ...{ recovered: sum, left: sum.describe("Send it as `seenMinor`.") },
        tenant: z.object({ id: z.string(), name: z.string() }),
        reversal: z.object({ transferId: z.string(), most: sum }).nullable(),
        debit: z.object({ most: sum }).nullable(),
      })
      .nullable()
      .describe("Null: it cost the platform nothing that a company owes."),
  })
  .meta({ id: "DisputeLoss" });
