import { z } from "zod";
import { type FailureCode, failures } from "#lib/payouts/failure";
import { type MoveKind, moveWords } from "#lib/payouts/money-move";
import { partKinds } from "#lib/payouts/part";
import { intervals } from "#lib/stripe/gateway-payouts";
import { instant, wholeNumber } from "#lib/wire";

/** What the API answers about balances, payouts and money between accounts. */

export const sum = z.object({ minor: wholeNumber, currency: z.string() }).meta({
  id: "BalanceAmount",
  description: "Minor units of any currency Stripe holds, also one plans are not sold in.",
});
const codes = [...Object.keys(failures), "other"] as [FailureCode | "other"];
const nullable = sum.nullable();

export const targetAnswer = z
  .object({
    ...{ id: z.string(), kind: z.enum(["bank_account", "card"]), name: z.string().nullable() },
    ...{ last4: z.string(), currency: z.string(), isDefault: z.boolean() },
    isErrored: z
      .boolean()
      .describe("A payout there failed; nothing more is sent until it is mended."),
    takesInstant: z.boolean(),
  })
  .meta({ id: "PayoutTarget" });

export const scheduleAnswer = z
  .object({
    interval: z.enum(intervals).nullable(),
    ...{ weekdays: z.array(z.string()), monthDays: z.array(z.number().int()) },
    minimums: z.record(z.string(), wholeNumber).describe("What stays in the balance, by currency."),
    ...{ isEnabled: z.boolean(), delayDays: z.number().int(), debitsNegative: z.boolean() },
    descriptor: z.string().nullable(),
  })
  .meta({ id: "PayoutSchedule" });

export const currencyBalance = z
  .object({
    ...{ currency: z.string(), available: sum, pending: sum, reserved: sum },
    bySource: z.record(z.string(), wholeNumber),
    landing: z.array(z.object({ day: instant, amount: sum })).describe("When the pending lands."),
    unplaced: sum.describe("Of the pending, what Stripe has not told the day of."),
    instant: z.object({ drawn: sum, arrives: sum, targetId: z.string() }).nullable(),
    ...{ target: targetAnswer.nullable(), minimum: nullable },
  })
  .meta({ id: "CurrencyBalance" });

export const platformBalanceAnswer = z
  .object({
    ...{ readAt: instant, currencies: z.array(currencyBalance), settings: scheduleAnswer },
    nextPayoutOn: instant.nullable(),
  })
  .meta({ id: "PlatformBalance" });

export const balancesAnswer = platformBalanceAnswer
  .extend({
    targets: z.array(targetAnswer),
    lossesAre: z.enum(["stripe", "application"]).describe("Who bears a negative balance."),
    isHeld: z.boolean().describe("The platform stopped payouts."),
  })
  .meta({ id: "PayoutBalances" });

export const previewAnswer = z
  .object({
    ...{ amount: sum, fee: sum, isFeeEstimated: z.boolean() },
    most: sum.describe("What can be paid out this way: send it as `seenMinor`."),
    ...{ leaves: sum, arrivesIn: z.enum(["minutes", "days"]), target: targetAnswer },
    sourceType: z.string().nullable(),
  })
  .meta({ id: "PayoutPreview" });

export const moveAnswer = z
  .object({
    ...{ id: z.string(), kind: z.enum(Object.keys(moveWords) as [MoveKind, ...MoveKind[]]) },
    status: z
      .enum(["requested", "done", "failed"])
      .describe("`requested`: Stripe is asked, and asked again until it answers."),
    ...{ accountId: z.string(), objectId: z.string().nullable(), amount: nullable },
    ...{ reason: z.string().nullable(), requestedAt: instant, requestedById: z.string() },
    ...{ stripeId: z.string().nullable(), fee: nullable, error: z.string().nullable() },
  })
  .meta({ id: "MoneyMove" });

export const listedMoveAnswer = moveAnswer
  .extend({ by: z.string(), tenant: z.object({ id: z.string(), name: z.string() }).nullable() })
  .meta({ id: "ListedMoneyMove" });

export const payoutAnswer = z
  .object({
    ...{ id: z.string(), account: z.string(), tenantId: z.string().nullable(), status: z.string() },
    ...{ amount: sum, createdAt: instant, arrivesAt: instant.nullable() },
    ...{ isAutomatic: z.boolean(), method: z.string(), targetId: z.string().nullable() },
    failure: z
      .object({
        ...{ stripeCode: z.string().nullable(), code: z.enum(codes) },
        message: z.string().nullable(),
        mend: z.enum(["replace", "ask-bank", "retry", "fund"]),
        stops: z.boolean().describe("Nothing more is sent there until it is mended."),
      })
      .nullable(),
    bankReference: z
      .object({
        status: z.enum(["pending", "supported", "unsupported"]),
        value: z.string().nullable(),
      })
      .describe("What the bank calls it, to find it on a statement."),
    ...{ reversedById: z.string().nullable(), reversesId: z.string().nullable() },
    parts: z
      .enum(["itemised", "awaited", "not_itemised"])
      .describe("Whether Stripe says what it is made of: of manual payouts it never does."),
    balanceTransactionId: z.string().nullable(),
  })
  .meta({ id: "Payout" });

export const listedPayoutAnswer = payoutAnswer
  .extend({
    tenant: z.object({ name: z.string(), slug: z.string() }).nullable(),
    missingMinor: wholeNumber.nullable().describe("What its parts leave unexplained."),
  })
  .meta({ id: "ListedPayout" });

const fees = z.object({ stripe: sum, platform: sum, other: sum });
const kind = z.enum(partKinds);
export const payoutPageAnswer = payoutAnswer
  .extend({
    tenant: z.object({ id: z.string(), name: z.string(), slug: z.string() }).nullable(),
    composition: z
      .object({
        lines: z.array(z.object({ kind, count: z.number().int(), amount: sum })),
        ...{ fees, total: sum, count: z.number().int(), readAt: instant.nullable() },
        missing: sum.describe("What of the payout its parts do not explain."),
      })
      .nullable(),
    covering: z
      .object({
        ...{ since: instant.nullable(), total: sum, fromBefore: sum, isCut: z.boolean() },
        rows: z.array(
          z.object({
            ...{ id: z.string(), category: z.string(), sourceId: z.string().nullable() },
            ...{ net: sum, availableAt: instant },
          }),
        ),
      })
      .nullable()
      .describe("Of a manual payout: what had become available before it."),
    askedBy: z.object({ name: z.string(), at: instant }).nullable(),
    ...{ fee: nullable, target: targetAnswer.nullable(), carriedBy: z.string().nullable() },
  })
  .meta({ id: "PayoutTrace" });

export const partAnswer = z
  .object({
    ...{ id: z.string(), kind, type: z.string(), category: z.string() },
    ...{ sourceId: z.string().nullable(), chargeId: z.string().nullable() },
    ...{ description: z.string().nullable(), amount: sum, fees, net: sum },
    ...{ createdAt: instant, availableAt: instant },
  })
  .meta({ id: "PayoutPart" });

const whose = z.object({ id: z.string(), name: z.string() }).nullable();
const ends = {
  ...{ ourPayoutId: z.string().nullable(), theirPayoutId: z.string().nullable() },
  ...{ thereId: z.string().nullable(), accountId: z.string().nullable(), tenant: whose },
};
export const movedAnswer = z
  .object({
    ...{ id: z.string(), amount: sum, returned: sum, createdAt: instant, ...ends },
    chargeId: z.string().nullable(),
  })
  .meta({ id: "Moved" });

export const transferPageAnswer = z
  .object({
    ...{ id: z.string(), amount: sum, returned: sum, createdAt: instant, ...ends },
    ...{ description: z.string().nullable(), sourceId: z.string().nullable() },
    reversals: z.array(
      z.object({ id: z.string(), amount: sum, at: instant, refundId: z.string().nullable() }),
    ),
    moves: z.array(moveAnswer),
  })
  .meta({ id: "Transfer" });

export const feePageAnswer = z
  .object({
    ...{ id: z.string(), amount: sum, returned: sum, createdAt: instant, tenant: whose },
    ...{ accountId: z.string().nullable(), chargeId: z.string().nullable() },
    ourPayoutId: z.string().nullable(),
    refunds: z.array(z.object({ id: z.string(), amount: sum, at: instant })),
    moves: z.array(moveAnswer),
  })
  .meta({ id: "ApplicationFee" });

export const topupAnswer = z
  .object({
    ...{ id: z.string(), amount: sum, status: z.string(), createdAt: instant },
    ...{ expectedAt: instant.nullable(), description: z.string().nullable() },
    failure: z.string().nullable(),
  })
  .meta({ id: "TopUp" });

export const transferPreviewAnswer = z
  .object({
    ...{ amount: sum, tenant: z.string(), leaves: sum, sourceType: z.string().nullable() },
    most: sum.describe("What can be sent: send it as `seenMinor`."),
  })
  .meta({ id: "TransferPreview" });

export const platformPayoutPreviewAnswer = z
  .object({
    ...{ amount: sum, fee: sum, isFeeEstimated: z.boolean() },
    most: sum.describe("What can be paid out this way: send it as `seenMinor`."),
    ...{ leaves: sum, arrivesIn: z.enum(["minutes", "days"]), targetId: z.string().nullable() },
    sourceType: z.string().nullable(),
  })
  .meta({ id: "PlatformPayoutPreview" });

export const debitPreviewAnswer = z
  .object({
    ...{ amount: sum, tenant: z.string(), leaves: sum },
    available: sum.describe("What they have: send it as `seenMinor`."),
  })
  .meta({ id: "DebitPreview" });
