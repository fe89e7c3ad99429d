import { z } from "zod";
import { Prisma } from "#lib/db/generated/client";
import { type Condition, type InboxStatus, inboxFilter, plain } from "#lib/events/inbox-filter";

export const inboxActs = ["replay", "discard"] as const;
export type InboxAct = (typeof inboxActs)[number];

/** In which states events are that an act can be done to. */
export const actsOn = {
  replay: ["dead", "discarded", "done", "ignored"],
  discard: ["dead"],
} as const satisfies Record<InboxAct, readonly InboxStatus[]>;

/** More than this and the phrase of the act is typed, so that nobody does it by a slip. */
export const typedOver = 100;
/** Matches are counted up to here; what is more is said to be more. */
export const countedAtMost = 100_000;

/** What a filter of an act says: always of one state, and of what was handled by an instant. */
export const runFilter = inboxFilter
  .extend({ status: z.enum(actsOn.replay) })
  .refine(
    ({ status, type, account, q, from }) =>
      status === "dead" || status === "discarded" || Boolean(type ?? account ?? q ?? from),
    "Name a type, an account, an object or a time: not everything that was ever handled.",
  );
export type RunFilter = z.infer<typeof runFilter>;

export const reasonField = z.string().trim().min(3, "Say in a few words why.").max(500);

export const countRunInput = z.object({ act: z.enum(inboxActs), filter: runFilter });
export const startRunInput = countRunInput.extend({
  /** The asker's own; asking twice with it is asking once. */
  key: z.string().min(8).max(64),
  asOf: z.coerce.date(),
  typed: z.string().max(100).optional(),
  reason: reasonField.optional(),
});
export type CountRunInput = z.infer<typeof countRunInput>;
export type StartRunInput = z.infer<typeof startRunInput>;

/** What is typed to confirm an act on many; null where few are meant. */
export function phraseFor(act: InboxAct, count: number): string | null {
  if (count <= typedOver) return null;
  return count > countedAtMost ? `${act} all` : `${act} ${count}`;
}

/** Only what had come into its state by then. What fails anew meanwhile is not met twice. */
export function handledUntil(instant: Date): Condition {
  return plain(Prisma.sql`e.handled_at <= ${instant}`);
}
