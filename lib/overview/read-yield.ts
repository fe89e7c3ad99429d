import type { Tx } from "#lib/db/client";

export type FactRow = {
  reference: string;
  kind: string;
  at: Date;
  tenantId: string | null;
  eventId: string | null;
  /** What followed from it, each once. */
  effects: Effect[];
};

/** A mail to a person, or a webhook to a tenant's endpoint. */
export type Effect = {
  kind: "mail" | "webhook";
  id: string;
  /** What it says: the mail's template, the webhook's type. */
  what: string;
  to: string;
  status: string;
  at: Date;
};

const factsAtMost = 50;
const effectsAtMost = 200;

/** The facts that convergence on an object found, newest first, and what hangs on each. */
export async function readYield(tx: Tx, objectId: string): Promise<FactRow[]> {
  const facts = await tx.fact.findMany({
    where: { objectId },
    orderBy: { at: "desc" },
    take: factsAtMost,
    omit: { data: true, objectId: true },
  });
  if (facts.length === 0) return [];
  const references = facts.map(({ reference }) => reference);
  const mails = await readMails(tx, references);
  const webhooks = await readWebhooks(tx, references);
  return facts.map((fact) => ({
    ...fact,
    effects: [...(mails.get(fact.reference) ?? []), ...(webhooks.get(fact.reference) ?? [])],
  }));
}

type Found<Row> = Map<string, Row[]>;
type MailRow = Omit<Effect, "kind"> & { fact: string };

/**
 * A mail's reference is its fact's and the person's: `invoice:in_1:paid:usr_2`. The range is the
 * index's, and holds a person's id under every collation, as one that ends at ";" does not.
 */
async function readMails(tx: Tx, references: readonly string[]): Promise<Found<Effect>> {
  const rows = await tx.$queryRaw<MailRow[]>`
    select f.reference as fact, m.id, m.template as what, m."to", m.status::text as status,
      m.created_at as at
    from unnest(${references}::text[]) as f (reference)
    join mails m on m.reference >= f.reference || ':' and m.reference < f.reference || ':z'
      and starts_with(m.reference, f.reference || ':')
    order by m.created_at limit ${effectsAtMost}`;
  const mails = rows.map(({ fact, ...mail }) => ({
    fact,
    effect: { kind: "mail", ...mail } as const,
  }));
  return grouped(mails);
}

async function readWebhooks(tx: Tx, references: readonly string[]): Promise<Found<Effect>> {
  const rows = await tx.webhookDelivery.findMany({
    where: { reference: { in: [...references] } },
    select: {
      ...{ id: true, reference: true, type: true, status: true, createdAt: true },
      endpoint: { select: { url: true } },
    },
    orderBy: { createdAt: "asc" },
    take: effectsAtMost,
  });
  return grouped(
    rows.map(({ id, reference, type, status, createdAt, endpoint }) => ({
      fact: reference,
      effect: { kind: "webhook", id, what: type, to: endpoint.url, status, at: createdAt } as const,
    })),
  );
}

function grouped(rows: readonly { fact: string; effect: Effect }[]): Found<Effect> {
  const groups = Map.groupBy(rows, ({ fact }) => fact);
  return new Map([...groups].map(([fact, found]) => [fact, found.map(({ effect }) => effect)]));
}
