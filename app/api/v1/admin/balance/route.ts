import { platformBalanceAnswer } from "#lib/payouts/answers";
import { getPlatformBalance } from "#lib/payouts/get-platform-balance";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "payouts:read",
  summary: "See the platform's balance",
  answer: platformBalanceAnswer,
  run: (ctx) => getPlatformBalance(ctx),
});
