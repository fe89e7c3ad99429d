import { countries } from "#sandbox/pages/countries";
import type { Decline } from "#sandbox/payments/test-cards";
import type { CheckoutForm } from "#sandbox/resources/checkout-completion";

/** The page's fields as they were typed. */
export interface Typed {
  email: string;
  number: string;
  expiry: string;
  cvc: string;
  name: string;
  country: string;
}
export type FieldName = keyof Typed;
export type FieldErrors = Partial<Record<FieldName, string>>;

/** Reads a posted form, whatever is in it. */
export function typedFrom(form: Record<string, unknown>): Typed {
  const read = (name: FieldName) => {
    const value = form[name];
    return typeof value === "string" ? value.trim().slice(0, 200) : "";
  };
  return {
    email: read("email"),
    number: read("number"),
    expiry: read("expiry"),
    cvc: read("cvc"),
    name: read("name"),
    country: read("country"),
  };
}

/** Checks what was typed, field by field. */
export function checkForm(typed: Typed): { form: CheckoutForm } | { errors: FieldErrors } {
  const number = typed.number.replaceAll(/[\s-]/g, "");
  const expiry = /^(\d{1,2})\s*[/-]?\s*(\d{2}|\d{4})$/.exec(typed.expiry);
  const errors: FieldErrors = {
    ...(/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed.email)
      ? {}
      : { email: "Enter an email address, such as you@example.com." }),
    ...(/^\d{12,19}$/.test(number) ? {} : { number: "Enter the whole card number." }),
    ...(expiry === null
      ? { expiry: "Enter the expiry date as month and year, such as 12/30." }
      : {}),
    ...(/^\d{3,4}$/.test(typed.cvc) ? {} : { cvc: "Enter the 3 or 4 digit security code." }),
    ...(typed.name === "" ? { name: "Enter the name on the card." } : {}),
    ...(countries.some(({ code }) => code === typed.country)
      ? {}
      : { country: "Choose a country or region." }),
  };
  if (expiry === null || Object.keys(errors).length > 0) return { errors };
  const [, month = "", year = ""] = expiry;
  const expYear = year.length === 2 ? 2000 + Number(year) : Number(year);
  return {
    form: {
      card: { number, expMonth: Number(month), expYear, cvc: typed.cvc },
      email: typed.email,
      name: typed.name,
      country: typed.country,
    },
  };
}

const fieldOf: Record<string, FieldName> = {
  number: "number",
  exp_month: "expiry",
  exp_year: "expiry",
  cvc: "cvc",
};

/** A decline, beside the field it is about. */
export function errorsFrom(decline: Decline): FieldErrors {
  return { [fieldOf[decline.param ?? ""] ?? "number"]: decline.message };
}

/** The cards the page offers to fill in. */
export const offeredCards = [
  { number: "4242 4242 4242 4242", what: "Pays" },
  { number: "4000 0025 0000 3155", what: "Asks its holder to confirm, then pays" },
  { number: "4000 0027 6000 3184", what: "Asks its holder every time" },
  { number: "4000 0000 0000 0002", what: "Is declined" },
  { number: "4000 0000 0000 9995", what: "Has insufficient funds" },
  { number: "4000 0000 0000 0069", what: "Has expired" },
  { number: "4000 0000 0000 0127", what: "Has a wrong security code" },
  { number: "4000 0000 0000 0119", what: "Fails while processing" },
] as const;

/** A form filled with a test card. */
export function filledWith(typed: Typed, number: string): Typed {
  return {
    ...typed,
    number,
    expiry: "12 / 34",
    cvc: "123",
    name: typed.name || "Test Payer",
    email: typed.email || "payer@example.com",
    country: typed.country || "US",
  };
}
