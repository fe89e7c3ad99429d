import { z } from "zod";
import { transact, view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { type Book, findBook } from "#lib/ledger/list-books";
import { refusalOf } from "#lib/ledger/refusal-of";
import type { PlatformContext } from "#lib/tenancy/context";
import { namesOf } from "#lib/tenancy/find-names";
import { requirePlatform } from "#lib/tenancy/permissions";

const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, "A month is written as 2026-03.")
  .meta({ description: "A month in UTC.", examples: ["2026-03"] });
const reason = z
  .string()
  .trim()
  .min(3, "Say why, for whoever looks later.")
  .max(500)
  .meta({ examples: ["The month is over"] });

export const closeInput = z.object({ through: month, reason });
export const reopenInput = z.object({ from: month, reason });

/** A month that was closed, or opened again, by whom and why. */
export type Closing = {
  readonly id: string;
  readonly closedBefore: Date | null;
  readonly wasBefore: Date | null;
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
};

/**
 * Closes a book through a month: from then on the database refuses whatever was effective in it or
 * before. Waits for those who are posting, and keeps what each account held at its end.
 */
export async function closeBook(
  ctx: PlatformContext,
  { book: key, through, reason }: z.output<typeof closeInput> & { book: string },
): Promise<Book> {
  requirePlatform(ctx, "ledger:close");

  const before = startOf(through, 1);
  return move(ctx, key, { action: "ledger.close-period", before, reason }, ({ closedBefore }) => {
    if (closedBefore && closedBefore >= before) {
      throw new Refusal("conflict", "That month is closed already.", { field: "through" });
    }
  });
}

/** Opens a closed month again, and all after it. */
export async function reopenBook(
  ctx: PlatformContext,
  { book: key, from, reason }: z.output<typeof reopenInput> & { book: string },
): Promise<Book> {
  requirePlatform(ctx, "ledger:close");

  const before = startOf(from, 0);
  return move(ctx, key, { action: "ledger.reopen-period", before, reason }, ({ closedBefore }) => {
    if (!closedBefore || closedBefore <= before) {
      throw new Refusal("conflict", "That month is open already.", { field: "from" });
    }
  });
}

/** When a book was closed and opened again; the newest first. */
export async function listClosings(
  ctx: PlatformContext,
  { book: key }: { book: string },
): Promise<Closing[]> {
  requirePlatform(ctx, "ledger:read");

  return view(ctx, async (tx) => {
    const book = await findBook(tx, key);
    const found = await tx.ledgerClosing.findMany({
      where: { bookId: book.id },
      ...{ orderBy: [{ at: "desc" }, { id: "desc" }], take: 100 },
    });
    const names = await namesOf(
      tx,
      found.map(({ byId }) => byId),
    );
    return found.map(({ id, closedBefore, wasBefore, reason, byId, at }) => ({
      ...{ id, closedBefore, wasBefore, reason, at },
      by: names.get(byId) ?? byId,
    }));
  });
}

type Act = {
  action: "ledger.close-period" | "ledger.reopen-period";
  before: Date;
  reason: string;
};

async function move(
  ctx: PlatformContext,
  key: string,
  { action, before, reason }: Act,
  judge: (book: Book) => void,
): Promise<Book> {
  return transact(ctx, action, async (tx) => {
    await tx.$queryRaw`select app.hold_book(${key}, true)::text`;
    judge(await findBook(tx, key));
    const id = newId("closing", ctx.now());
    try {
      await tx.$queryRaw`select app.close_book(${key}, ${id}, ${before}, ${reason}, ${ctx.userId},
        ${ctx.now()})::text`;
    } catch (error) {
      throw refusalOf(error) ?? error;
    }
    return findBook(tx, key);
  });
}

/** The first instant of a month, or of one some months later. */
function startOf(month: string, later: number): Date {
  const [year, number] = month.split("-").map(Number);
  return new Date(Date.UTC(year!, number! - 1 + later, 1));
}
