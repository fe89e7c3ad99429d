import { z } from "zod";
import type { Context } from "#lib/context";
import type { JobName, JobPayloads } from "#lib/jobs/contract";
import type { StripeGateway } from "#lib/stripe/gateway";

/** What is done under a name of the queue. */
export type Job<Name extends JobName> = {
  payload: z.ZodType<JobPayloads[Name]>;
  /** What can wait asks Stripe through the gateway that is patient. */
  run(
    ctx: Context,
    payload: JobPayloads[Name],
    gateway: StripeGateway,
    patient: StripeGateway,
  ): Promise<unknown>;
};

/** The payload of a job that is told nothing. */
export const nothing = z.object({});
