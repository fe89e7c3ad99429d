import { z } from "zod";
import { accountCodes } from "#lib/ledger/chart";
import { breakKindNames, breakStatuses } from "#lib/reconciliation/break";
import { type CheckName, checkNames } from "#lib/reconciliation/checks";
import { ruleAct, ruleConditions } from "#lib/reconciliation/rule";
import { currency } from "#lib/wire";

const note = z
  .string()
  .trim()
  .min(3, "Say in a few words why.")
  .max(500, "Say it in 500 characters.");
const side = z.object({ code: z.enum(accountCodes), subject: z.string().max(255).default("") });

/** What a person decides about a break. */
export const resolutionInput = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("refetch"), note }),
  z.object({ kind: z.literal("post"), note }),
  z.object({ kind: z.literal("expect"), note, until: z.iso.datetime() }),
  z.object({
    ...{ kind: z.literal("adjust"), note, from: side, to: side, currency },
    minor: z.string().regex(/^[1-9]\d{0,17}$/, "Whole minor units, above zero."),
  }),
  z.object({ kind: z.literal("write_off"), note }),
]);
export type ResolutionInput = z.infer<typeof resolutionInput>;

export const decisionInput = z.object({ decision: z.enum(["approve", "reject"]) });

export const runInput = z.object({ book: z.string().max(255).nullable().default(null) });

export const breakQuery = z.object({
  cursor: z.string().max(200).optional(),
  status: z.enum([...breakStatuses, "all"]).default("open"),
  kind: z.enum(breakKindNames).optional(),
  check: z.enum(checkNames as [CheckName, ...CheckName[]]).optional(),
  /** "platform", or a connected account. */
  book: z.string().trim().max(255).optional(),
  /** A reference, in full. */
  q: z.string().trim().max(255).optional(),
});
export type BreakQuery = z.infer<typeof breakQuery>;

export const ruleInput = z.object({
  title: z.string().trim().min(3).max(100),
  reason: z.string().trim().min(10, "Say why that is right, for whoever looks at a break."),
  conditions: ruleConditions,
  act: ruleAct,
  isActive: z.boolean(),
});
/** What is asked before a rule is saved. */
export const previewInput = ruleInput.pick({ conditions: true, act: true }).extend({
  key: z.string().max(41).optional().describe("The rule this is a next version of, if any."),
});
export const ruleKey = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,40}$/, "Small letters, digits and dashes, a letter first.");
export type RuleInput = z.infer<typeof ruleInput>;
