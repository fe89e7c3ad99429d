import { z } from "zod";
import { linkAnswer, linkPageAnswer } from "#lib/selling/answers";
import { renameLink } from "#lib/selling/change-link";
import { linkWordsInput } from "#lib/selling/input";
import { getLink } from "#lib/selling/list-links";
import { route } from "#lib/web/route";

const params = z.object({ tenant: z.string(), link: z.string() });

export const GET = route({
  who: "tenant",
  permission: "payments:read",
  summary: "Read a payment link",
  answer: linkPageAnswer,
  params,
  run: (ctx, { params: { link } }) => getLink(ctx, { linkId: link }),
});

export const PATCH = route({
  who: "tenant",
  permission: "payments:sell",
  summary: "Change what a payment link says",
  answer: linkAnswer,
  params,
  body: linkWordsInput,
  run: (ctx, { params: { link }, body }) => renameLink(ctx, { linkId: link, ...body }),
});
