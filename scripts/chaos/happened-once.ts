import { isAlertKind } from "#lib/alerts/alert";
import { view } from "#lib/db/transaction";
import { isEventType } from "#lib/webhooks/event-types";
import type { Lane } from "#scripts/chaos/lane";
import { rowsOf } from "#scripts/chaos/rows";
import type { Fault } from "#scripts/chaos/verify";

type Known = { reference: string; kind: string; tenantId: string | null };

/**
 * Every fact has its one row among the unguarded effects, and what its kind calls for once: a mail
 * and that mail's job, a delivery to the tenant's endpoint, an alert.
 */
export async function whatHappenedOtherThanOnce(
  { system, superUrl, personId }: Lane,
  facts: readonly Known[],
): Promise<Fault[]> {
  const references = facts.map(({ reference }) => reference);
  const mailed = facts.filter(({ kind }) => kind === "invoice.payment_failed");
  const mails = mailed.map(({ reference }) => `${reference}:${personId}`);
  const told = facts.filter(({ kind, tenantId }) => tenantId !== null && isEventType(kind));
  const deliveries = told.map(({ reference }) => reference);
  const alerts = facts.filter(({ kind }) => isAlertKind(kind)).map(({ reference }) => reference);
  const [effects, letters, jobs, sent, raised] = await Promise.all([
    view(
      system,
      (tx) => tx.$queryRaw<Counted[]>`select reference, count(*)::integer as count
        from unguarded where reference = any(${references}::text[]) group by reference`,
    ),
    view(
      system,
      (tx) => tx.$queryRaw<Counted[]>`select reference, count(*)::integer as count
        from mails where reference = any(${mails}::text[]) group by reference`,
    ),
    rowsOf<Counted>(superUrl, jobsOfMails, [mails]),
    rowsOf<Counted>(superUrl, countOf("webhook_deliveries"), [deliveries]),
    rowsOf<Counted>(superUrl, countOf("alerts"), [alerts]),
  ]);
  return [
    ...otherThanOnce("effect", references, effects),
    ...otherThanOnce("mail", mails, letters),
    ...otherThanOnce("job", mails, jobs),
    ...otherThanOnce("delivery", deliveries, sent),
    ...otherThanOnce("alert", alerts, raised),
  ];
}

type Counted = { reference: string; count: number };

const countOf = (table: string) => `select reference, count(*)::integer as count
  from ${table} where reference = any($1::text[]) group by reference`;

const jobsOfMails = `select m.reference, count(*)::integer as count
  from mails m join graphile_worker._private_jobs j on j.payload ->> 'mailId' = m.id
  where m.reference = any($1::text[]) group by m.reference`;

function otherThanOnce(what: string, due: readonly string[], rows: readonly Counted[]): Fault[] {
  const counts = new Map(rows.map(({ reference, count }) => [reference, count]));
  return due.flatMap((about) => {
    const count = counts.get(about) ?? 0;
    const kind = count > 1 ? ("doubled" as const) : ("missing fact" as const);
    return count === 1 ? [] : [{ kind, about, words: `${what}: ${count} times` }];
  });
}
