import { scheduleAnswer } from "#lib/payouts/answers";
import { changeSchedule } from "#lib/payouts/change-schedule";
import { scheduleInput } from "#lib/payouts/input";
import { route } from "#lib/web/route";

export const PUT = route({
  who: "tenant",
  permission: "payouts:update",
  people: true,
  summary: "Change when payouts leave",
  description: "And what stays in the balance then. Refused while the platform holds payouts back.",
  answer: scheduleAnswer,
  body: scheduleInput,
  run: (ctx, { body }) => changeSchedule(ctx, body),
});
