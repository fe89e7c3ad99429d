import { z } from "zod";
import { taxCollections } from "#lib/billing/collection";
import { amount, instant } from "#lib/wire";

/** What the API answers about tax and ways to pay, as the platform has set them. */

export const taxPageAnswer = z
  .object({
    tax: z.enum(taxCollections),
    isSettled: z.boolean().describe("False while plans are still being brought to it."),
    changedAt: instant.nullable(),
    setup: z.object({
      isReady: z.boolean(),
      missing: z.array(z.string()),
      country: z.string().nullable(),
      behaviour: z.string().nullable(),
    }),
    registrations: z.array(
      z.object({
        id: z.string(),
        country: z.string(),
        state: z.string().nullable(),
        type: z.string(),
        status: z.string(),
        since: instant,
      }),
    ),
    live: z.object({ taxed: z.int(), untaxed: z.int() }),
    untaxed: z.array(
      z.object({ tenantId: z.string(), tenant: z.string(), subscriptionId: z.string() }),
    ),
  })
  .meta({ id: "TaxCollection" });

const standing = z.object({
  wish: z.string(),
  isOn: z.boolean(),
  isAvailable: z.boolean().describe("A page may offer it: it is on, and the account may take it."),
});

export const methodsSetupAnswer = z
  .object({
    wishes: z.record(z.string(), z.boolean()),
    isSettled: z.boolean(),
    configuration: z
      .object({
        id: z.string(),
        isActive: z.boolean(),
        methods: z.record(z.string(), standing),
      })
      .nullable(),
  })
  .meta({ id: "PaymentMethodsSetup" });

export const methodFiguresAnswer = z
  .object({
    type: z.string(),
    succeeded: z.int(),
    failed: z.int(),
    disputed: z.int(),
    volume: z.array(amount),
    settledInDays: z
      .string()
      .nullable()
      .describe("From payment to money that is there, on average. Null: none settled."),
  })
  .meta({ id: "PaymentMethodFigures" });
