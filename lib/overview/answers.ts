import { z } from "zod";
import { invoiceAnswer, subscriptionAnswer } from "#lib/billing/answers";
import { connectStatus } from "#lib/connect/answers";
import { tenantRoles } from "#lib/tenancy/permissions";
import { instant } from "#lib/wire";

/** What the API answers about a workspace as a whole. */

const need = z.object({
  kind: z.string(),
  tone: z.enum(["danger", "warning", "info"]),
  title: z.string(),
  detail: z.string(),
  action: z.object({ label: z.string(), href: z.string() }),
  by: instant.nullable().describe("By when, where there is a deadline."),
});

export const activityAnswer = z.object({
  id: z.string(),
  at: instant,
  actor: z.string().describe("A person's name, or Lockstep and Stripe for what they did."),
  action: z.string(),
  what: z.string(),
  target: z.string(),
  targetId: z.string(),
  kind: z.enum(["audit", "fact"]),
  traceId: z.string().nullable(),
});

export const overviewMemberAnswer = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(tenantRoles),
});

export const tenantOverviewAnswer = z
  .object({
    name: z.string(),
    needs: z.array(need).describe("What asks for someone, most urgent first."),
    payments: connectStatus.nullable().describe("Null where not allowed."),
    plan: z.object({ key: z.string(), name: z.string() }),
    subscription: subscriptionAnswer.nullable(),
    members: z.object({
      count: z.int(),
      pending: z.int(),
      seated: z.int().describe("How many of them have a seat."),
      rows: z.array(overviewMemberAnswer),
    }),
    invoices: z.array(invoiceAnswer).nullable().describe("The latest; null where not allowed."),
    activity: z.array(activityAnswer).nullable().describe("Null where not allowed."),
  })
  .meta({ id: "WorkspaceOverview" });
