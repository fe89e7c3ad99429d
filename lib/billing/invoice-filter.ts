import { z } from "zod";
import type { Prisma } from "#lib/db/generated/client";
import { decodeCursor } from "#lib/keyset";
import { isCurrency } from "#lib/money/currency";

const day = z.iso.date("must be a day, such as 2026-11-21");

/** By what a list of invoices is narrowed. Days are of UTC, and both belong to it. */
export const invoiceFilter = z.object({
  status: z.enum(["draft", "open", "paid", "void", "uncollectible"]).optional(),
  currency: z.string().toLowerCase().refine(isCurrency, "is not a currency we bill in").optional(),
  /** The number or its beginning. */
  number: z.string().trim().min(1).max(50).optional(),
  from: day.optional(),
  to: day.optional(),
});
export type InvoiceFilter = z.output<typeof invoiceFilter>;

export function whereOf({ status, currency, number, from, to }: InvoiceFilter) {
  const created = {
    ...(from && { gte: new Date(`${from}T00:00:00Z`) }),
    ...(to && { lt: new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000) }),
  };
  return {
    ...(status && { status }),
    ...(currency && { currency }),
    ...(number && { number: { startsWith: number, mode: "insensitive" as const } }),
    ...((from || to) && { createdAt: created }),
  } satisfies Prisma.InvoiceWhereInput;
}

/** What comes after a row, newest first. */
export function afterCursor(cursor: string | undefined): Prisma.InvoiceWhereInput {
  if (!cursor) return {};
  const { at, id } = decodeCursor(cursor);
  return afterRow({ createdAt: at, id });
}

/** The same after a row at hand. */
export function afterRow(last: { createdAt: Date; id: string } | undefined) {
  if (!last) return {};
  const { createdAt: at, id } = last;
  return {
    OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: id } }],
  } satisfies Prisma.InvoiceWhereInput;
}

export const newestFirst: Prisma.InvoiceOrderByWithRelationInput[] = [
  { createdAt: "desc" },
  { id: "desc" },
];
