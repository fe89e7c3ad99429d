import { linkAnswer } from "#lib/connect/answers";
import { openOnboardingLink } from "#lib/connect/open-onboarding-link";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "connect:onboard",
  people: true,
  summary: "Open Stripe's onboarding page",
  description: "The link opens once, within minutes.",
  idempotencyKey: false,
  answer: linkAnswer,
  run: (ctx) => openOnboardingLink(ctx),
});
