import { z } from "zod";
import { type SubscriptionStatus, subscriptionStatuses } from "#lib/billing/subscription";
import { amount, instant } from "#lib/wire";

/** What the API answers about a workspace's bill. */

const statuses = Object.keys(subscriptionStatuses) as [SubscriptionStatus, ...SubscriptionStatus[]];
export const subscriptionStatus = z.enum(statuses);

export const subscriptionAnswer = z
  .object({
    id: z.string(),
    status: subscriptionStatus,
    seats: z.int().nullable(),
    currency: z.string(),
    interval: z.enum(["month", "year"]),
    currentPeriodEnd: instant.nullable(),
    cancelAt: instant.nullable().describe("When it will end, where it was canceled for later."),
    createdAt: instant,
  })
  .meta({ id: "Subscription" });

export const invoiceAnswer = z
  .object({
    id: z.string(),
    number: z.string().nullable().describe("Given when it is finalised."),
    status: z.enum(["draft", "open", "paid", "void", "uncollectible"]),
    total: amount,
    amountDue: amount,
    amountPaid: amount,
    createdAt: instant,
    dueAt: instant.nullable(),
    paidAt: instant.nullable(),
    subscriptionId: z.string().nullable(),
  })
  .meta({ id: "Invoice" });
