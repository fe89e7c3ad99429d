import { openDb } from "#lib/db/client";
import { sendDue } from "#lib/webhooks/send-due";

/** A worker process that takes one turn of an endpoint, to be killed in the middle of it. */
await sendDue(
  {
    db: openDb(process.env.DATABASE_APP_URL!),
    now: () => new Date(),
    actor: { kind: "system", name: "doomed" },
    scope: { kind: "system" },
    origin: {},
    traceId: "trc_doomed",
  },
  { endpointId: process.env.ENDPOINT! },
);
