import { invalidParam } from "#sandbox/protocol/errors";
import { type Param, text } from "#sandbox/protocol/params";

const known = new Set(Intl.supportedValuesOf("currency").map((code) => code.toLowerCase()));

/** A currency by its ISO code in either case, read as Stripe answers it: in small letters. */
export const currencyCode: Param<string> = {
  read(value, name) {
    const code = text.read(value, name).toLowerCase();
    if (known.has(code)) return code;
    throw invalidParam(name, `Invalid currency: ${code}. It is a three-letter ISO code.`);
  },
};
