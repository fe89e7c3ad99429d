import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import { StripeSync } from "@supabase/stripe-sync-engine";
import { webhookSecret } from "#scripts/bench/delivery";
import { drain } from "#scripts/bench/load";
import type { Stage } from "#scripts/bench/stage";
import type { History } from "#scripts/bench/stripe-history";

// As an ES module it does not find its own migrations, and does not say so.
const { runMigrations } = createRequire(import.meta.url)(
  "@supabase/stripe-sync-engine",
) as typeof import("@supabase/stripe-sync-engine");

/** The peer of convergence, on the same server as what is measured beside it. */
export async function openEngine(stage: Stage): Promise<StripeSync> {
  await runMigrations({ databaseUrl: stage.superUrl, schema: "stripe" });
  return new StripeSync({
    ...{ stripeSecretKey: "sk_test_bench", stripeWebhookSecret: webhookSecret },
    poolConfig: { connectionString: stage.superUrl, max: 10 },
  });
}

/** As its own documentation has it: verified, kept, and then acknowledged. */
export function listenTo(engine: StripeSync): Promise<Server> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const signature = request.headers["stripe-signature"]?.toString();
    await engine.processWebhook(Buffer.concat(chunks), signature).then(
      () => response.writeHead(200).end(),
      () => response.writeHead(500).end(),
    );
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}

/** Keeps the object of every event, ten at once; events per second. */
export async function keepAll(engine: StripeSync, { events }: History): Promise<number> {
  return (await drain(events, 10, (event) => engine.processEvent(event as never))).perSecond;
}
