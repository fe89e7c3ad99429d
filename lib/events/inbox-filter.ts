import { z } from "zod";
import { Prisma } from "#lib/db/generated/client";

export const inboxStatuses = ["waiting", "done", "ignored", "dead", "discarded"] as const;
export type InboxStatus = (typeof inboxStatuses)[number];

/** An instant as an address holds it; without a zone it is UTC. */
const instant = z
  .string()
  .max(40)
  .transform((text) =>
    /(Z|[+-]\d\d:?\d\d)$/.test(text) || !text.includes("T") ? text : `${text}Z`,
  )
  .refine((text) => !Number.isNaN(Date.parse(text)), "Write an instant, as 2026-03-01T12:00.")
  .transform((text) => new Date(text).toISOString());

/** Which events are meant; every part of it holds. */
export const inboxFilter = z.object({
  status: z.enum(inboxStatuses).optional(),
  /** An event's type, or the beginning of one: "invoice" finds invoice.paid. */
  type: z.string().trim().max(100).optional(),
  /** A connected account; "platform" for what is the platform's own. */
  account: z.string().trim().max(100).optional(),
  /** The id of an event, an object or a trace. */
  q: z.string().trim().max(100).optional(),
  /** Arrived at or after this instant, and before that one. */
  from: instant.optional(),
  to: instant.optional(),
  /** What went wrong, as `errorKey` says it. */
  error: z.string().max(400).optional(),
});
export type InboxFilter = z.infer<typeof inboxFilter>;

/** Part of the error or of what Stripe sent. It is looked for in the rows one by one. */
export const inboxText = z.string().trim().min(2).max(100).optional();

/**
 * A condition. `isIndexed`: an index leads to its rows. `isOrdered`: it leads to them in the order
 * they arrived, however many there are.
 */
export type Condition = {
  sql: Prisma.Sql;
  isIndexed: boolean;
  isOrdered: boolean;
  /** The same as several, of which one must hold: each has its rows in order. */
  anyOf?: readonly Prisma.Sql[];
  /** What leads to its rows where that is not what is asked of each, if they are few. */
  leads?: Prisma.Sql;
};

/** What leads out of order is sorted whole, so few are worth it; more are soon met in order. */
export const sortedAtMost = 2_000;

export const platformsOwn = "platform";

/**
 * What a filter asks of a row. Under row-level security only leakproof operators reach an index,
 * and comparing an enum is not one, so states are asked for by what else is true of them.
 */
export function conditionsOf(filter: InboxFilter, types: readonly string[] | null): Condition[] {
  const { status, account, q, from, to, error } = filter;
  const conditions: Condition[] = [];
  if (q) conditions.push(indexed(byId(q)));
  if (account) {
    const own = account === platformsOwn ? "" : account;
    conditions.push(indexed(Prisma.sql`e.account = ${own}`));
  }
  if (types?.length === 1) conditions.push(indexed(Prisma.sql`e.type = ${types[0]}`));
  else if (types) {
    conditions.push({
      ...indexed(Prisma.sql`e.type = any(${[...types]}::text[])`),
      isOrdered: false,
      anyOf: types.map((type) => Prisma.sql`e.type = ${type}`),
    });
  }
  if (status) conditions.push(byStatus[status]);
  if (from) conditions.push(always(Prisma.sql`e.received_at >= ${new Date(from)}`));
  if (to) conditions.push(always(Prisma.sql`e.received_at < ${new Date(to)}`));
  if (error) conditions.push(plain(Prisma.sql`${errorKey} = ${error}`));
  return conditions;
}

/** What was looked for, as it is written in a row: an event, a trace, or else an object. */
function byId(q: string): Prisma.Sql {
  if (q.startsWith("evt_")) return Prisma.sql`e.id = ${q}`;
  if (q.startsWith("trc_")) return Prisma.sql`e.trace_id = ${q}`;
  return Prisma.sql`e.object_id = ${q}`;
}

/** Errors that differ in ids and figures alone are one: a word with a digit in it is left out. */
export const errorKey = Prisma.sql`regexp_replace(left(e.error, 300),
  '[[:alnum:]_]*[0-9][[:alnum:]_]*', '…', 'g')`;

const byStatus = {
  // What waits is listed beside the inbox, in another order, so it helps only where few wait.
  waiting: {
    ...indexed(Prisma.sql`e.handled_at is null`),
    isOrdered: false,
    leads: Prisma.sql`e.id = any(array(select id from inbox_waiting limit ${sortedAtMost}))`,
  },
  dead: indexed(Prisma.sql`e.dead_at is not null`),
  discarded: indexed(Prisma.sql`e.reason is not null`),
  done: plain(Prisma.sql`e.status = 'done'`),
  ignored: plain(Prisma.sql`e.status = 'ignored'`),
} satisfies Record<InboxStatus, Condition>;

function indexed(sql: Prisma.Sql): Condition {
  return { sql, isIndexed: true, isOrdered: true };
}

/** Asked of every row that is looked at. */
export function plain(sql: Prisma.Sql): Condition {
  return { sql, isIndexed: false, isOrdered: false };
}

/** Bounds what is looked at, whichever way it is looked for. */
function always(sql: Prisma.Sql): Condition {
  return { sql, isIndexed: false, isOrdered: true };
}
