import { countries } from "#sandbox/pages/countries";
import { bankNumbers, isIban } from "#sandbox/payments/bank-numbers";
import type { OtherType } from "#sandbox/payments/other-methods";
import type { Decline } from "#sandbox/payments/test-cards";
import type { CheckoutForm } from "#sandbox/resources/checkout-completion";
import { needsNoMethod } from "#sandbox/resources/checkout-subscribe";
import { isTaxId } from "#sandbox/resources/tax-ids";
import type { CollectedDetails } from "#sandbox/store/kept";
import type { ObjectOf } from "#sandbox/store/kinds";

type Session = ObjectOf<"checkout.session">;
type CustomField = Session["custom_fields"][number];

/** The page's fields as they were typed, by their names. */
export type Typed = Record<string, string>;
export type FieldErrors = Record<string, string>;

/** What a session asks its payer for. */
export interface Asked {
  /** Empty where nothing has to be paid with. */
  ways: string[];
  hasAddress: boolean;
  hasPhone: boolean;
  hasTaxId: boolean;
  needsTerms: boolean;
  offersNews: boolean;
  custom: CustomField[];
}

/** Reads a posted form, whatever is in it. */
export function typedFrom(form: Record<string, unknown>): Typed {
  const texts = Object.entries(form).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value.trim().slice(0, 255)] as const] : [],
  );
  return Object.fromEntries(texts.slice(0, 100));
}

/** What the page asks for. */
export function askedFrom(session: Session): Asked {
  const { consent_collection: consent } = session;
  return {
    ways: needsNoMethod(session) ? [] : session.payment_method_types,
    hasAddress: session.billing_address_collection === "required" || session.automatic_tax.enabled,
    hasPhone: session.phone_number_collection?.enabled === true,
    hasTaxId: session.tax_id_collection?.enabled === true,
    needsTerms: consent?.terms_of_service === "required",
    offersNews: consent?.promotions === "auto",
    custom: session.custom_fields,
  };
}

/** Which way to pay was chosen: the only one, or the one that was picked. */
export function chosenWay(typed: Typed, { ways }: Asked): string {
  return ways.includes(typed.way ?? "") ? (typed.way ?? "") : (ways[0] ?? "");
}

/** Checks what was typed, field by field. */
export function checkForm(
  typed: Typed,
  asked: Asked,
): { form: CheckoutForm } | { errors: FieldErrors } {
  const way = chosenWay(typed, asked);
  const errors: FieldErrors = {
    ...(/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed.email ?? "")
      ? {}
      : { email: "Enter an email address, such as you@example.com." }),
    ...(way === "card" ? cardErrors(typed) : accountErrors(typed, way)),
    ...(typed.name
      ? {}
      : { name: way === "card" ? "Enter the name on the card." : "Enter your name." }),
    ...(countries.some(({ code }) => code === typed.country)
      ? {}
      : { country: "Choose a country or region." }),
    ...(asked.hasAddress ? addressErrors(typed) : {}),
    ...(!asked.hasPhone || /^\+?[\d\s()-]{6,20}$/.test(typed.phone ?? "")
      ? {}
      : { phone: "Enter a phone number, such as +1 201 555 0123." }),
    ...(asked.hasTaxId ? taxErrors(typed) : {}),
    ...Object.assign({}, ...asked.custom.map((field) => customErrors(typed, field))),
    ...(asked.needsTerms && typed.terms !== "yes" ? { terms: "Accept the terms to go on." } : {}),
  };
  if (Object.keys(errors).length > 0) return { errors };
  return {
    form: {
      pays: paysWith(typed, way),
      email: typed.email ?? null,
      name: typed.name ?? null,
      address: addressOf(typed, asked),
      phone: asked.hasPhone ? (typed.phone ?? null) : null,
    },
  };
}

/** What was typed besides how to pay. */
export function collectedIn(typed: Typed, asked: Asked): CollectedDetails {
  const custom = asked.custom.flatMap(({ key }) => {
    const value = typed[`custom-${key}`];
    return value ? [[key, value] as const] : [];
  });
  return {
    address: addressOf(typed, asked),
    phone: asked.hasPhone ? (typed.phone ?? null) : null,
    taxIds:
      asked.hasTaxId && typed.tax_value
        ? [{ type: typed.tax_type ?? "", value: typed.tax_value }]
        : [],
    custom: Object.fromEntries(custom),
    acceptsTerms: typed.terms === "yes",
    wantsNews: typed.news === "yes",
  };
}

/** The quantities that were chosen, by the place of their line. */
export function quantitiesIn(typed: Typed): Record<number, number> {
  const chosen = Object.entries(typed).flatMap(([name, value]) => {
    const place = /^quantity-(\d+)$/.exec(name)?.[1];
    return place !== undefined && /^\d{1,6}$/.test(value) ? [[place, Number(value)] as const] : [];
  });
  return Object.fromEntries(chosen);
}

/** A decline, beside the field it is about. */
export function errorsFrom(decline: Decline, way: string): FieldErrors {
  const fields: Record<string, string> = { exp_month: "expiry", exp_year: "expiry", cvc: "cvc" };
  const own = fields[decline.param ?? ""] ?? (way === "card" ? "number" : "way");
  return { [own]: decline.message };
}

function cardErrors(typed: Typed): FieldErrors {
  return {
    ...(/^\d{12,19}$/.test(digitsOf(typed.number))
      ? {}
      : { number: "Enter the whole card number." }),
    ...(expiryOf(typed) === undefined
      ? { expiry: "Enter the expiry date as month and year, such as 12/30." }
      : {}),
    ...(/^\d{3,4}$/.test(typed.cvc ?? "") ? {} : { cvc: "Enter the 3 or 4 digit security code." }),
  };
}

function accountErrors(typed: Typed, way: string): FieldErrors {
  if (way === "us_bank_account" && bankNumbers[digitsOf(typed.account)] === undefined) {
    return { account: "Enter a test account number, such as 000123456789." };
  }
  if (way === "sepa_debit" && !isIban(ibanOf(typed))) {
    return { iban: "Enter an IBAN, such as AT61 1904 3002 3457 3201." };
  }
  return {};
}

function addressErrors(typed: Typed): FieldErrors {
  const needsState = ["US", "CA"].includes(typed.country ?? "");
  return {
    ...(typed.line1 ? {} : { line1: "Enter the street and number." }),
    ...(typed.city ? {} : { city: "Enter the city." }),
    ...(needsState && !typed.state ? { state: "Enter the state or province, such as CA." } : {}),
    ...(typed.postal_code ? {} : { postal_code: "Enter the postal code." }),
  };
}

function taxErrors({ tax_value: value = "", tax_type: type = "" }: Typed): FieldErrors {
  if (value === "" || isTaxId(type, value)) return {};
  return { tax_value: "This is not a tax ID of that kind." };
}

function customErrors(typed: Typed, field: CustomField): FieldErrors {
  const name = `custom-${field.key}`;
  const value = typed[name] ?? "";
  const label = field.label.custom ?? field.key;
  if (value === "") return field.optional ? {} : { [name]: `Fill in “${label}”.` };
  if (field.type === "numeric" && !/^\d+$/.test(value)) return { [name]: "Enter digits only." };
  const options = field.dropdown?.options.map((option) => option.value);
  if (options !== undefined && !options.includes(value)) return { [name]: `Choose “${label}”.` };
  const { minimum_length: least = null, maximum_length: most = null } =
    field.text ?? field.numeric ?? {};
  if (least !== null && value.length < least) {
    return { [name]: `Enter at least ${least} characters.` };
  }
  if (most !== null && value.length > most) return { [name]: `Enter at most ${most} characters.` };
  return {};
}

function paysWith(typed: Typed, way: string): CheckoutForm["pays"] {
  if (way === "") return null;
  if (way !== "card") {
    const number = way === "us_bank_account" ? digitsOf(typed.account) : ibanOf(typed);
    return { type: way as OtherType, number: way === "sepa_debit" || number ? number : "" };
  }
  const { month = 0, year = 0 } = expiryOf(typed) ?? {};
  return {
    card: { number: digitsOf(typed.number), expMonth: month, expYear: year, cvc: typed.cvc ?? "" },
  };
}

function addressOf(typed: Typed, { hasAddress }: Asked) {
  const part = (name: string) => (hasAddress ? typed[name] || null : null);
  return {
    city: part("city"),
    country: typed.country ?? null,
    line1: part("line1"),
    line2: null,
    postal_code: part("postal_code"),
    state: part("state")?.toUpperCase() ?? null,
  };
}

function expiryOf({ expiry = "" }: Typed): { month: number; year: number } | undefined {
  const found = /^(\d{1,2})\s*[/-]?\s*(\d{2}|\d{4})$/.exec(expiry);
  if (found === null) return undefined;
  const [, month = "", year = ""] = found;
  return { month: Number(month), year: year.length === 2 ? 2000 + Number(year) : Number(year) };
}

function ibanOf({ iban = "" }: Typed): string {
  return iban.replaceAll(/\s/g, "").toUpperCase();
}

function digitsOf(written = ""): string {
  return written.replaceAll(/[\s-]/g, "");
}
