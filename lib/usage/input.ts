import { z } from "zod";
import { mostEvents } from "#lib/usage/event";

const dimension = z.union([z.string().max(255), z.number(), z.boolean()], {
  error: "A dimension is a text of up to 255 characters, a number or a yes or no.",
});

/** One use, as the API takes it. What it means beside a meter is read by `readEvent`. */
export const usageEventBody = z.strictObject({
  key: z
    .string({ error: "Send a key: your own name of this use, the same each time you send it." })
    .min(1, "Send a key: your own name of this use, the same each time you send it.")
    .max(255, "A key is up to 255 characters.")
    .describe("Your own name of this use. The same key is counted once."),
  meter: z
    .string({ error: "Send the key of the meter that counts it." })
    .max(100, "A meter's key is up to 100 characters.")
    .describe("The key of the meter that counts it."),
  value: z
    .union([z.string(), z.number()], { error: 'Send a number, or a decimal as text: "12.5".' })
    .optional()
    .describe("How much, at most 15 digits and 12 decimals. 1 where it is left out."),
  unit: z
    .string({ error: "A unit is a text." })
    .max(100, "A unit is up to 100 characters.")
    .optional()
    .describe("Checked against the meter's unit where it is sent, so that mistakes are found."),
  at: z
    .string({ error: "Send a time as text: 2026-11-21T09:30:00Z." })
    .optional()
    .describe("When it was used (RFC 3339). Now, where it is left out."),
  unique: z
    .string({ error: "Send what is counted once as text." })
    .min(1, "What is counted once cannot be empty.")
    .max(255, "What is counted once is up to 255 characters.")
    .optional()
    .describe("What a meter of different values counts: a user's id, say."),
  dimensions: z
    .record(z.string().min(1).max(64), dimension)
    .refine((sent) => Object.keys(sent).length <= 20, "Up to 20 dimensions can be kept.")
    .optional()
    .describe("What you want to find it by later. It does not change what is counted."),
});

/** One use, or up to a thousand. */
export const usageBody = z.union([usageEventBody, z.array(usageEventBody).min(1).max(mostEvents)]);

export const reason = z
  .string({ error: "Say why; it is kept in the audit log." })
  .trim()
  .min(3, "Say why in a few words; it is kept in the audit log.")
  .max(500, "Say why in up to 500 characters.");

export const eventKey = z.string().min(1).max(255);

export const voidUsageInput = z.object({ reason });
export const replaceUsageInput = usageEventBody.omit({ key: true }).extend({ reason });

export type SentEvent = z.output<typeof usageEventBody>;
