import { z } from "zod";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";
import { type Dimensions, plainDecimal } from "#lib/usage/event";

/** An event as a list shows it. */
export type UsageEventRow = {
  readonly key: string;
  readonly meter: string;
  readonly at: Date;
  readonly value: string;
  readonly unique: string | null;
  readonly dimensions: Dimensions | null;
  readonly receivedAt: Date;
  readonly state: "counted" | "replaced" | "voided";
};

export const usageEventsQuery = z.object({
  meter: z.string().min(1).max(100),
  cursor: z.string().max(1000).optional(),
});

const columns = {
  ...{ key: true, meterKey: true, at: true, value: true, uniqueValue: true },
  ...{ dimensions: true, receivedAt: true, correctedAt: true, voidedAt: true },
} as const;

/** A meter's events, the latest use first; `size` of them where a page has room for fewer. */
export async function listUsageEvents(
  ctx: TenantContext,
  { meter, cursor }: z.output<typeof usageEventsQuery>,
  size: number = pageSize,
): Promise<Page<UsageEventRow>> {
  requirePermission(ctx, "usage:read");
  const after = cursor === undefined ? null : decodeCursor(cursor);
  const rows = await view(ctx, (tx) =>
    tx.usageEvent.findMany({
      where: {
        ...{ tenantId: ctx.tenantId, meterKey: meter },
        ...(after && {
          at: { lte: after.at },
          NOT: { at: after.at, key: { gte: decodeURIComponent(after.id) } },
        }),
      },
      orderBy: [{ at: "desc" }, { key: "desc" }],
      take: size + 1,
      select: columns,
    }),
  );
  return toPage(rows.map(toRow), size, ({ at, key }) => ({ at, id: encodeURIComponent(key) }));
}

/** One event by its key; of two of one key, years apart, the later. */
export async function getUsageEvent(
  ctx: TenantContext,
  { key }: { key: string },
): Promise<UsageEventRow> {
  requirePermission(ctx, "usage:read");
  const row = await view(ctx, (tx) =>
    tx.usageEvent.findFirst({
      where: { tenantId: ctx.tenantId, key },
      orderBy: { at: "desc" },
      select: columns,
    }),
  );
  if (!row) throw new Refusal("not_found", "There is no event of this key.");
  return toRow(row);
}

type Row = {
  key: string;
  meterKey: string;
  at: Date;
  value: { toFixed(): string };
  uniqueValue: string | null;
  dimensions: unknown;
  receivedAt: Date;
  correctedAt: Date | null;
  voidedAt: Date | null;
};

function toRow(row: Row): UsageEventRow {
  const { key, meterKey: meter, at, receivedAt, uniqueValue: unique } = row;
  const state = row.voidedAt ? "voided" : row.correctedAt ? "replaced" : "counted";
  const dimensions = row.dimensions as Dimensions | null;
  return {
    key,
    meter,
    at,
    value: plainDecimal(row.value.toFixed()),
    unique,
    dimensions,
    receivedAt,
    state,
  };
}
