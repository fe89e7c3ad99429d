import type { Tx } from "#lib/db/client";
import { unique } from "#tests/support/people";

/** A row of the tenant's in every table of usage. */
export async function plantUsage(tx: Tx, tenantId: string): Promise<void> {
  const at = new Date();
  const hour = new Date(Math.floor(at.getTime() / 3_600_000) * 3_600_000);
  const of = { tenantId, meterKey: "calls" };
  const period = { startsAt: hour, endsAt: at };
  await tx.usageEvent.create({ data: { ...of, key: unique("use"), at, value: 1, receivedAt: at } });
  await tx.usageBucket.create({ data: { ...of, hour, total: 1, events: 1n, peak: 1 } });
  await tx.usageUnique.create({ data: { ...of, hour, value: "somebody" } });
  await tx.usageCorrection.create({
    data: {
      ...{ ...of, id: unique("ucr"), eventKey: "use", before: {}, reason: "" },
      ...{ madeBy: "test", madeAt: at },
    },
  });
  await tx.usageFlush.create({
    data: { ...of, ...period, id: unique("ufl"), value: 1, stampedAt: at, createdAt: at },
  });
  await tx.usageLimit.create({
    data: {
      ...{ ...of, id: unique("ulm"), act: "alert", measure: "units", amount: 1 },
      ...{ createdById: "test", createdAt: at },
    },
  });
  await tx.usageAdjustment.create({
    data: {
      ...{ ...of, id: unique("uad"), componentKey: "calls", invoiceId: unique("in"), why: "late" },
      ...{ amountMinor: 1n, currency: "usd", billed: 1, counted: 1, createdAt: at },
      ...{ periodStartAt: hour, periodEndAt: at },
    },
  });
  await tx.usageComparison.create({
    data: { ...of, ...period, sent: 1, counted: 1, comparedAt: at },
  });
}
