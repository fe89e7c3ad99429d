import { accountAnswer, startedAnswer } from "#lib/connect/answers";
import { getAccount } from "#lib/connect/get-account";
import { startOnboarding } from "#lib/connect/start-onboarding";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "connect:read",
  summary: "See the payments account",
  description: "Whether it takes payments, what Stripe asks and by when, and how it came here.",
  answer: accountAnswer,
  run: (ctx) => getAccount(ctx),
});

export const POST = route({
  who: "tenant",
  permission: "connect:onboard",
  people: true,
  summary: "Begin taking payments",
  description: "Sets the account up at Stripe. Begun again it goes on where it stood.",
  answer: startedAnswer,
  run: (ctx) => startOnboarding(ctx),
});
