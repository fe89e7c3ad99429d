/** What a requirement is about, for a person, by the end of Stripe's name of it. */
const words: readonly [ending: RegExp, key: RequirementWord][] = [
  [/(^|\.)entity_type$|business_type$/, "entityType"],
  [/registered_name$|company\.name$/, "legalName"],
  [/doing_business_as$|business_profile\.name$/, "tradingName"],
  [/given_name$|surname$|first_name$|last_name$/, "personName"],
  [/date_of_birth(\.\w+)?$|dob\.\w+$/, "birthDate"],
  [/address(\.\w+)*$/, "address"],
  [/phone$/, "phone"],
  [/email$/, "email"],
  [/business_url$|business_profile\.url$|support\.url$/, "website"],
  [/product_description$/, "productDescription"],
  [/mcc$/, "industry"],
  [/statement_descriptor(\.\w+)?$/, "statementDescriptor"],
  [/(id_numbers?|ssn_last_4|id_number)(\.\w+)*$/, "idNumber"],
  [/(company_tax_id|tax_id|vat_id|registration_number)(\.\w+)*$/, "taxId"],
  [/proof_of_liveness$/, "selfie"],
  [/(primary_verification|verification\.document|identity_document)(\.\w+)*$/, "identityDocument"],
  [/(secondary_verification|additional_document|proof_of_address)(\.\w+)*$/, "addressDocument"],
  [/(proof_of_registration|company_registration|documents)(\.\w+)*$/, "companyDocument"],
  [/(bank_account_ownership_verification|proof_of_bank)(\.\w+)*$/, "bankDocument"],
  [/external_account$|default_outbound_destination$|payout_method$/, "bankAccount"],
  [/terms_of_service(\.\w+)*$|tos_acceptance(\.\w+)*$/, "terms"],
  [/representative(_declaration)?(\.\w+)*$/, "representative"],
  [/(owners?|ownership_declaration|owners_provided)(\.\w+)*$/, "owners"],
  [/(directors?|directorship_declaration|directors_provided)(\.\w+)*$/, "directors"],
  [/executives?(_provided)?(\.\w+)*$/, "executives"],
  [/(annual_revenue|estimated_worker_count|monthly_estimated_revenue)(\.\w+)*$/, "businessSize"],
];

export type RequirementWord =
  | "entityType"
  | "legalName"
  | "tradingName"
  | "personName"
  | "birthDate"
  | "address"
  | "phone"
  | "email"
  | "website"
  | "productDescription"
  | "industry"
  | "statementDescriptor"
  | "idNumber"
  | "taxId"
  | "selfie"
  | "identityDocument"
  | "addressDocument"
  | "companyDocument"
  | "bankDocument"
  | "bankAccount"
  | "terms"
  | "representative"
  | "owners"
  | "directors"
  | "executives"
  | "businessSize"
  | "inquiry"
  | "other";

/**
 * The words for a requirement. Stripe asks for new things without telling first, so what no row
 * knows is `other`: shown by its own name, and given in the same place as all else.
 */
export function wordOf(description: string): RequirementWord {
  if (/^interv(ention)?[._]/.test(description)) return "inquiry";
  return words.find(([ending]) => ending.test(description))?.[1] ?? "other";
}

/** Stripe's name of something as a person can read it: `Identity › Business details › Mcc`. */
export function readableName(description: string): string {
  return description
    .split(".")
    .map((part) => part.replaceAll("_", " "))
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(" › ");
}

/** The same inside a sentence of a mail or of the console. */
const phrases: Readonly<Record<Exclude<RequirementWord, "other">, string>> = {
  entityType: "what kind of business it is",
  legalName: "the legal name",
  tradingName: "the name customers know",
  personName: "a person's full name",
  birthDate: "a date of birth",
  address: "an address",
  phone: "a phone number",
  email: "an e-mail address",
  website: "the website",
  productDescription: "what is sold",
  industry: "the industry",
  statementDescriptor: "the name on statements",
  idNumber: "a personal identity number",
  taxId: "the tax number",
  selfie: "a photo of the person",
  identityDocument: "an identity document",
  addressDocument: "a document that shows the address",
  companyDocument: "a document of the registration",
  bankDocument: "a statement of the bank account",
  bankAccount: "the bank account",
  terms: "agreement to Stripe's terms",
  representative: "the person who stands for the business",
  owners: "the owners",
  directors: "the directors",
  executives: "who runs the business",
  businessSize: "how large the business is",
  inquiry: "an answer to Stripe's question",
};

/** What is asked, as a part of a sentence: "the legal name". What no row knows goes by its name. */
export function phraseOf(description: string): string {
  const word = wordOf(description);
  return word === "other" ? readableName(description) : phrases[word];
}

/** Several of them, each said once: two addresses are told apart where they are given. */
export function phrasesOf(descriptions: readonly string[]): string[] {
  return [...new Set(descriptions.map(phraseOf))];
}
