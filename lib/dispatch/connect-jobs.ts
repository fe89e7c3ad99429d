import { z } from "zod";
import { applyHolds } from "#lib/connect/apply-holds";
import { judgeAccount } from "#lib/connect/judge-account";
import { keepAccounts } from "#lib/connect/keep-accounts";
import { remindOne } from "#lib/connect/remind-one";
import { tellDeadlines } from "#lib/connect/tell-deadlines";
import { tellReconnect } from "#lib/connect/tell-reconnect";
import { effects } from "#lib/dispatch/effects";
import { type Job, nothing } from "#lib/dispatch/job";
import type { JobName } from "#lib/jobs/contract";

type Name = Extract<JobName, `connect.${string}`>;
const ofTenant = z.object({ tenantId: z.string() });

/** The jobs about tenants' payments accounts. */
export const connectJobs: { [Each in Name]: Job<Each> } = {
  "connect.apply-holds": {
    payload: ofTenant,
    run: (ctx, payload, gateway) => applyHolds(ctx, payload, gateway, effects),
  },
  "connect.judge-account": { payload: ofTenant, run: judgeAccount },
  "connect.remind": {
    payload: z.object({ tenantId: z.string(), key: z.string() }),
    run: (ctx, payload) => remindOne(ctx, payload, effects),
  },
  "connect.tell-reconnect": {
    payload: z.object({ tenantId: z.string(), askedById: z.string() }),
    run: (ctx, payload) => tellReconnect(ctx, payload, effects),
  },
  "connect.tell-deadlines": { payload: nothing, run: (ctx) => tellDeadlines(ctx, effects) },
  "connect.keep": { payload: nothing, run: (ctx) => keepAccounts(ctx, effects) },
};
