import { type Params, type Shape, shape, text, unsettable } from "#sandbox/protocol/params";

const addressFields = {
  city: unsettable(text),
  country: unsettable(text),
  line1: unsettable(text),
  line2: unsettable(text),
  postal_code: unsettable(text),
  state: unsettable(text),
} satisfies Shape;

/** A postal address, any part of which may be left out. */
export const address = shape(addressFields);

/** An address with every part present, as Stripe answers it. */
export function wholeAddress(sent: Params<typeof addressFields> | null | undefined) {
  if (sent === null || sent === undefined) return null;
  const { city, country, line1, line2, postal_code, state } = sent;
  return {
    city: city ?? null,
    country: country ?? null,
    line1: line1 ?? null,
    line2: line2 ?? null,
    postal_code: postal_code ?? null,
    state: state ?? null,
  };
}
