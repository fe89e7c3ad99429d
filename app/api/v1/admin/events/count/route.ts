import { countRun } from "#lib/events/count-run";
import { countRunInput } from "#lib/events/inbox-run";
import { runCountAnswer } from "#lib/overview/event-answers";
import { route } from "#lib/web/route";

/** A dry run: counts and changes nothing. It is a POST because a filter is too long for a query. */
export const POST = route({
  who: "platform",
  permission: "events:replay",
  summary: "Count what a run would act on",
  answer: runCountAnswer,
  body: countRunInput,
  run: (ctx, { body }) => countRun(ctx, body),
});
