import type { z } from "zod";
import { isDecimal } from "#components/plans/decimals";
import { toBody } from "#components/plans/draft-body";
import type { DraftForm } from "#components/plans/draft-form";
import { findDraftProblems } from "#lib/catalog/draft-problems";
import { draftInput } from "#lib/catalog/input";
import type { ComponentPrice, PlanKind } from "#lib/catalog/plan";
import type { DraftProblem } from "#lib/catalog/problem";
import { currencies } from "#lib/money/currency";

/** What a draft is checked against. */
export type DraftSurroundings = { kind: PlanKind; meterKeys: readonly string[] };

/**
 * Everything wrong with what is typed, the first word on each field: what the API would answer,
 * asked here with its own rules, and amounts in the units they were typed in.
 */
export function checkDraft(form: DraftForm, about: DraftSurroundings): DraftProblem[] {
  const body = toBody(form);
  const shape = draftInput.safeParse({ ...body, revision: 1 });
  const misshapen = (shape.error?.issues ?? []).map(
    (issue): DraftProblem => ({
      field: issue.path.join("."),
      message: sayShape(issue),
      blocks: "save",
    }),
  );
  const all = [...amountProblems(body), ...misshapen, ...findDraftProblems(body, about)];
  const byField = new Map<string, DraftProblem>();
  for (const problem of all) {
    if (!byField.has(problem.field)) byField.set(problem.field, problem);
  }
  return [...byField.values()];
}

/** The shape's own words where it has them, ours where it only names types. */
function sayShape(issue: z.core.$ZodIssue): string {
  // Everything typed is text, so the only other type asked for is a number.
  if (issue.code === "invalid_type") return "Write a whole number, such as 14.";
  if (issue.code === "too_big" && issue.origin === "string") {
    return `Write at most ${issue.maximum} characters.`;
  }
  return `This ${issue.message}.`;
}

/** A figure that is no amount, in the words of whoever typed it: the API speaks of minor units. */
function amountProblems(body: ReturnType<typeof toBody>): DraftProblem[] {
  return body.components.flatMap(({ prices }, component) =>
    prices.flatMap((price, place) =>
      amountsOf(price).flatMap(([part, text]) => {
        if (text === null || isDecimal(text)) return [];
        const field = `components.${component}.prices.${place}.${part}`;
        return [{ field, message: amountMessage(text, price), blocks: "save" as const }];
      }),
    ),
  );
}

function amountsOf(price: ComponentPrice): [string, string | null][] {
  const { unitMinor, minimumMinor, capMinor, tiers } = price;
  const ofTiers = (tiers ?? []).flatMap((tier, index): [string, string][] => [
    [`tiers.${index}.unitMinor`, tier.unitMinor],
    [`tiers.${index}.flatMinor`, tier.flatMinor],
  ]);
  const whole: [string, string | null][] = [
    ["unitMinor", unitMinor],
    ["minimumMinor", minimumMinor],
    ["capMinor", capMinor],
  ];
  return [...whole, ...ofTiers];
}

function amountMessage(text: string, { currency }: ComponentPrice): string {
  const example = currencies[currency].decimals === 0 ? "1200" : "12.50";
  if (text === "") return `Write an amount such as ${example}, or 0.`;
  if (text.startsWith("-")) return "Write 0 or more.";
  return `“${text.slice(0, 24)}” is no amount: write it like ${example}.`;
}
