import { z } from "zod";
import { type AccountCode, accountCodes } from "#lib/ledger/chart";
import { amount, currency, instant, wholeNumber } from "#lib/wire";

/** What the API answers about the books. */

const code = z
  .enum(accountCodes as [AccountCode, ...AccountCode[]])
  .describe("An account of the chart.");
const account = z.object({
  code,
  subject: z.string().describe("Which part of an account that has parts; else empty."),
});
const lines = z.array(z.object({ code, minor: wholeNumber }));

export const bookAnswer = z
  .object({
    id: z.int(),
    key: z.string().describe("`platform`, or the id of a connected account."),
    tenant: z.object({ id: z.string(), name: z.string() }).nullable(),
    openedAt: instant,
    closedBefore: instant
      .nullable()
      .describe("Nothing may be posted that was effective before this."),
  })
  .meta({ id: "Book" });

export const statementsAnswer = z
  .object({
    book: bookAnswer,
    before: instant.describe("Everything that was so before this counts."),
    from: instant.describe("Where the income statement begins."),
    trialBalances: z.array(
      z.object({
        currency,
        lines: z.array(z.object({ code, debit: wholeNumber, credit: wholeNumber })),
        debit: wholeNumber,
        credit: wholeNumber,
      }),
    ),
    balanceSheets: z.array(
      z.object({
        ...{ currency, assets: lines, liabilities: lines, equity: lines },
        ...{ retained: wholeNumber, ofYear: wholeNumber, result: wholeNumber },
        ...{ totalAssets: wholeNumber, totalOwed: wholeNumber },
      }),
    ),
    incomeStatements: z.array(
      z.object({
        ...{ currency, income: lines, contra: lines, expenses: lines },
        ...{ net: wholeNumber, result: wholeNumber },
      }),
    ),
  })
  .meta({ id: "Statements" });

export const accountMoveAnswer = z
  .object({
    ...{ entryId: wholeNumber, position: z.int(), reference: z.string(), kind: z.string() },
    ...{ effectiveAt: instant, postedAt: instant, subject: z.string(), other: account },
    ...{ currency, minor: wholeNumber.describe("Received; negative where it gave.") },
  })
  .meta({ id: "AccountMove" });

const name = z.object({
  ...{ id: wholeNumber, book: z.string(), reference: z.string(), kind: z.string() },
  effectiveAt: instant,
});

export const postedEntryAnswer = z
  .object({
    ...name.shape,
    postedAt: instant,
    about: z.object({
      tenantId: z.string().nullable(),
      customerId: z.string().nullable(),
      paymentId: z.string().nullable(),
      country: z.string().nullable(),
      method: z.string().nullable(),
      objectId: z.string().nullable(),
    }),
    corrects: z.string().nullable(),
    moves: z.array(
      z.object({ from: account, to: account, ...amount.shape, plan: z.string().optional() }),
    ),
  })
  .meta({ id: "JournalEntry" });

export const entryInFullAnswer = z
  .object({
    ...postedEntryAnswer.shape,
    ...{ correctedBy: z.array(name), correction: name.nullable(), related: z.array(name) },
  })
  .meta({ id: "JournalEntryInFull" });

export const closingAnswer = z
  .object({
    ...{ id: z.string(), closedBefore: instant.nullable(), wasBefore: instant.nullable() },
    ...{ reason: z.string(), by: z.string(), at: instant },
  })
  .meta({ id: "BookClosing" });
