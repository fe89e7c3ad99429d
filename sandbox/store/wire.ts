import type Stripe from "stripe";

type Primitive = string | number | boolean | null | undefined;

/** A Stripe object as it is kept: references are ids, decimals are the strings they are in JSON. */
export type Stored<T> = T extends Stripe.Decimal
  ? string
  : T extends Primitive
    ? T
    : T extends (infer Item)[]
      ? Stored<Reference<Item>>[]
      : T extends object
        ? { [Field in keyof T]: Stored<Reference<T[Field]>> }
        : T;

/** `string | Customer | DeletedCustomer` names an object: what is kept is the id alone. */
type Reference<T> = string extends T ? Exclude<T, { id: string }> : T;
