import { z } from "zod";

/** What happens at a limit. */
export const limitActs = ["alert", "soft_cap", "hard_cap"] as const;
export type LimitAct = (typeof limitActs)[number];
/** In what it is set: units of the meter, or minor units of what they cost. */
export const limitMeasures = ["units", "spend"] as const;
export type LimitMeasure = (typeof limitMeasures)[number];

export type UsageLimit = {
  readonly id: string;
  readonly meterKey: string;
  readonly act: LimitAct;
  readonly measure: LimitMeasure;
  readonly amount: string;
};

/** Where each kind of limit tells of itself, in percent of it. */
export const toldAt: Record<LimitAct, readonly number[]> = {
  alert: [100],
  soft_cap: [80, 100],
  hard_cap: [80, 100],
};
/** A meter with more than these is no longer looked over by anybody. */
export const mostLimits = 20;

export const setLimitInput = z
  .object({
    meterKey: z.string().min(1).max(100),
    act: z.enum(limitActs),
    measure: z.enum(limitMeasures),
    amount: z
      .string({ error: "Send the amount as text." })
      .regex(/^\d{1,15}(\.\d{1,12})?$/, "Enter a number above zero, such as 250000.")
      .refine((text) => Number(text) > 0, "Enter a number above zero, such as 250000."),
  })
  .refine(({ measure, amount }) => measure === "units" || /^\d+$/.test(amount), {
    message: "An amount of money is in whole minor units.",
    path: ["amount"],
  });

export type SetLimitInput = z.output<typeof setLimitInput>;

/** How much of a limit is reached, in whole percent. */
export function percentOf(value: string, amount: string): number {
  return Math.floor((Number(value) / Number(amount)) * 100);
}

/** The steps of a limit that a quantity has reached, in percent. */
export function reachedSteps(
  { act, amount }: Pick<UsageLimit, "act" | "amount">,
  value: number,
): number[] {
  return toldAt[act].filter((percent) => value * 100 >= Number(amount) * percent);
}
