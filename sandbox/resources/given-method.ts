import { methodNamed } from "#sandbox/payments/card";
import { invalidRequest } from "#sandbox/protocol/errors";
import { type Param, shape, text } from "#sandbox/protocol/params";
import { paymentMethodRoutes } from "#sandbox/resources/payment-methods";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** What making a payment method takes is also what an intent takes to make one on the spot. */
const making = routeOfMethods();

/** Details of a payment method that is still to be made. */
export const methodData: Param<Record<string, unknown>> = {
  read(value, name) {
    const read = shape(making.params).read(value, name) as Record<string, unknown>;
    if (read.type !== undefined) return read;
    const param = `${name}[type]`;
    throw invalidRequest(`Missing required param: ${param}.`, "parameter_missing", param);
  },
};

/** The ways an intent is told what to pay with. */
export const givenFields = {
  confirmation_token: text,
  payment_method: text,
  payment_method_data: methodData,
};
type Given = {
  confirmation_token?: string;
  payment_method?: string;
  payment_method_data?: Record<string, unknown>;
};

/** The payment method that is named, or made from its details. A token is taken elsewhere. */
export function givenMethod(world: World, given: Given): Row<"payment_method"> | undefined {
  const [, second] = (Object.keys(givenFields) as (keyof Given)[]).filter(
    (name) => given[name] !== undefined,
  );
  if (second !== undefined) {
    const names = Object.keys(givenFields).join("`, `");
    const message = `You may only specify one of these parameters: \`${names}\`.`;
    throw invalidRequest(message, "parameters_exclusive", second);
  }
  if (given.payment_method !== undefined) {
    return methodNamed(world, given.payment_method, "payment_method");
  }
  return given.payment_method_data && makeMethod(world, given.payment_method_data);
}

/** Makes a payment method as its own route does. */
export function makeMethod(world: World, data: Record<string, unknown>): Row<"payment_method"> {
  const { id } = making.run(world, data, {}) as { id: string };
  return methodNamed(world, id, "payment_method");
}

function routeOfMethods() {
  const route = paymentMethodRoutes["POST /v1/payment_methods"];
  if (route === undefined) throw new Error("Invariant: payment methods are made by a route");
  return route;
}
