import {
  type AlertKind,
  type AlertKindName,
  alertKinds,
  isAlertKind,
  mailedWithinMs,
} from "#lib/alerts/alert";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { Alert } from "#lib/db/generated/client";
import type { Fact } from "#lib/events/converger";
import { newId } from "#lib/ids";
import { queueMail } from "#lib/mail/queue-mail";

/**
 * Raises the alert a fact calls for, and writes to the platform's admins and finance; once, however
 * often the fact is found. Answers with the fact that it was raised, for webhooks, if somebody is
 * written to. Runs in the transaction that found it.
 */
export async function raiseAlert(tx: Tx, fact: Fact, ctx: Context): Promise<Fact | undefined> {
  const { kind, reference, tenantId, data } = fact;
  if (!isAlertKind(kind)) return;
  const { at, objectId } = await tx.fact.findUniqueOrThrow({ where: { reference } });
  const alert = { id: newId("alert"), reference, kind, tenantId, objectId, data, raisedAt: at };
  const { count } = await tx.alert.createMany({ data: [alert], skipDuplicates: true });
  if (count === 0 || ctx.now().getTime() - at.getTime() > mailedWithinMs) return;
  const { title, mend, isInDigest }: AlertKind = alertKinds[kind];
  if (isInDigest) return keepRaised(tx, alert);

  const tenant = tenantId && (await tx.tenant.findUnique({ where: { id: tenantId } }));
  const people = await tx.user.findMany({
    where: { platformRole: { in: ["admin", "finance"] } },
    select: { id: true, email: true },
  });
  const words = { heading: title, tenant: tenant ? tenant.name : null, line: mend };
  for (const { id, email } of people) {
    await queueMail(tx, ctx, {
      template: "platform-alert",
      reference: `alert:${reference}:${id}`,
      to: email,
      data: { ...words, path: "/admin/alerts" },
    });
  }
  return keepRaised(tx, alert);
}

/** By what the fact is found that an alert was raised, where anybody was told. */
export const raisedReference = (alertId: string) => `alert:${alertId}:raised`;

type Raised = Pick<Alert, "id" | "reference" | "tenantId" | "objectId" | "raisedAt"> & {
  kind: AlertKindName;
};

/** Of the platform alone, so it is of no tenant, whoever it is about. */
async function keepRaised(tx: Tx, alert: Raised): Promise<Fact> {
  const { id, kind, objectId, reference, tenantId, raisedAt } = alert;
  const { title, mend } = alertKinds[kind];
  const data = { alertId: id, alertKind: kind, title, mend, reference, objectId, tenantId };
  const fact = { kind: "alert.raised", reference: raisedReference(id), tenantId: null, data };
  await tx.fact.create({ data: { ...fact, objectId: id, at: raisedAt } });
  return fact;
}
