import { z } from "zod";
import { linkAnswer } from "#lib/selling/answers";
import { switchLink } from "#lib/selling/change-link";
import { switchLinkInput } from "#lib/selling/input";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "payments:sell",
  summary: "Pause, open or archive a payment link",
  description: "Pages that payers have open are closed too. An archived link never opens again.",
  answer: linkAnswer,
  params: z.object({ tenant: z.string(), link: z.string() }),
  body: switchLinkInput,
  run: (ctx, { params: { link }, body }) => switchLink(ctx, { linkId: link, ...body }),
});
