import { z } from "zod";
import { signUpInput } from "#lib/tenancy/input";
import { signUp } from "#lib/tenancy/sign-up";
import { route } from "#lib/web/route";

export const POST = route({
  who: "anyone",
  summary: "Sign up",
  description: "Makes a person and their workspace, and sends a mail that confirms the address.",
  answer: z.object({ userId: z.string(), tenantId: z.string(), slug: z.string() }),
  limit: "sign-up",
  body: signUpInput,
  status: 201,
  run: (ctx, { body }) => signUp(ctx, body),
});
