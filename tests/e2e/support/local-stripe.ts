import Stripe from "stripe";
import { onDatabase } from "./troubled-inbox.ts";
import { sandboxUrl } from "./visitor.ts";

/** The platform's key at the local Stripe, for what only Stripe or time brings about. */
export function localStripe(): Stripe {
  const { hostname, port } = new URL(sandboxUrl());
  return new Stripe("sk_test_lockstep", { host: hostname, port, protocol: "http" });
}

/** What a bank, a cardholder or Stripe would do, on demand. */
export async function tellStripe(path: string, body: object): Promise<void> {
  const response = await fetch(`${sandboxUrl()}/_sandbox/${path}`, {
    method: "POST",
    headers: { authorization: "Bearer sk_test_lockstep", "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
}

/** A workspace's own id, and its account's at Stripe. */
export async function atHome(slug: string): Promise<{ id: string; account: string }> {
  const { rows } = await onDatabase((client) =>
    client.query<{ id: string; account: string }>(
      "select id, stripe_account_id as account from tenants where slug = $1",
      [slug],
    ),
  );
  const [row] = rows;
  if (!row) throw new Error(`${slug} is no workspace`);
  return row;
}

/** What a workspace has at Stripe: its newest subscription and its account. */
export async function atStripe(slug: string): Promise<{ subscription: string; account: string }> {
  const { rows } = await onDatabase((client) =>
    client.query<{ subscription: string; account: string }>(
      `select s.id as subscription, t.stripe_account_id as account
       from subscriptions s join tenants t on t.id = s.tenant_id where t.slug = $1
       order by s.created_at desc limit 1`,
      [slug],
    ),
  );
  const [row] = rows;
  if (!row) throw new Error(`${slug} has no subscription yet`);
  return row;
}
