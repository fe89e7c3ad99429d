import { changeMethod, methodWishInput } from "#lib/payments/change-collection";
import { methodsSetupAnswer } from "#lib/payments/collection-answers";
import { getMethodsSetup } from "#lib/payments/get-collection";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "invoices:read",
  summary: "Which ways to pay are switched on",
  answer: methodsSetupAnswer,
  run: async (ctx) => {
    const { configuration, ...setup } = await getMethodsSetup(ctx);
    const methods = configuration && Object.fromEntries(configuration.methods);
    return { ...setup, configuration: configuration && { ...configuration, methods: methods! } };
  },
});

export const PUT = route({
  who: "platform",
  permission: "money:update",
  summary: "Switch a way to pay on or off",
  description: "For every page that is opened from now on. Null leaves it to Stripe.",
  body: methodWishInput,
  run: (ctx, { body }) => changeMethod(ctx, body),
});
