import { createHash } from "node:crypto";

/** How a piece of evidence is given. */
type Kind = "line" | "text" | "date" | "file";

/** Every piece of evidence Stripe takes, by its name there. */
export const evidenceFields = {
  product_description: "text",
  customer_name: "line",
  customer_email_address: "line",
  billing_address: "line",
  customer_purchase_ip: "line",
  receipt: "file",
  customer_communication: "file",
  customer_signature: "file",
  service_date: "date",
  service_documentation: "file",
  shipping_date: "date",
  shipping_carrier: "line",
  shipping_tracking_number: "line",
  shipping_address: "line",
  shipping_documentation: "file",
  access_activity_log: "text",
  refund_policy: "file",
  refund_policy_disclosure: "text",
  refund_refusal_explanation: "text",
  cancellation_policy: "file",
  cancellation_policy_disclosure: "text",
  cancellation_rebuttal: "text",
  duplicate_charge_id: "line",
  duplicate_charge_explanation: "text",
  duplicate_charge_documentation: "file",
  uncategorized_text: "text",
  uncategorized_file: "file",
} as const satisfies Record<string, Kind>;

export type EvidenceField = keyof typeof evidenceFields;
type FieldOf<K extends Kind> = {
  [Name in EvidenceField]: (typeof evidenceFields)[Name] extends K ? Name : never;
}[EvidenceField];
export type FileField = FieldOf<"file">;
export type TextField = FieldOf<"line" | "text" | "date">;

const names = Object.keys(evidenceFields) as EvidenceField[];
export const fileFields = names.filter((name) => evidenceFields[name] === "file") as FileField[];
export const textFields = names.filter((name) => evidenceFields[name] !== "file") as TextField[];

/** What Stripe takes of documents. https://docs.stripe.com/disputes/best-practices */
export const documentTypes = ["application/pdf", "image/jpeg", "image/png"] as const;
export const mostDocumentBytes = 4_500_000;
/** The same, as the API takes one. */
export const documentFile = {
  types: documentTypes,
  mostBytes: mostDocumentBytes,
  example: "%PDF-1.7 …",
};
/** All texts together, and each: https://docs.stripe.com/api/disputes/evidence_object */
export const mostCharacters = 150_000;
export const mostCharactersEach = 20_000;

const basics = ["product_description", "customer_name", "customer_email_address"] as const;
const shipping = [
  ...["shipping_date", "shipping_carrier", "shipping_tracking_number", "shipping_address"],
  "shipping_documentation",
] as const;
const service = ["service_date", "service_documentation"] as const;
const refunds = [
  "refund_policy",
  "refund_policy_disclosure",
  "refund_refusal_explanation",
] as const;
const cancelling = [
  ...["cancellation_policy", "cancellation_policy_disclosure", "cancellation_rebuttal"],
] as const;
const said = ["receipt", "customer_communication"] as const;

/**
 * What decides a dispute of each reason, the weightiest first. Everything else can be given too.
 * https://docs.stripe.com/disputes/reason-codes-defense-requirements
 */
const decisive = {
  fraudulent: [
    ...["customer_purchase_ip", "access_activity_log", "billing_address", "customer_signature"],
    ...[...basics, ...said, ...shipping],
  ],
  unrecognized: [...basics, "billing_address", ...said, "access_activity_log", ...shipping],
  product_not_received: [
    ...[...shipping, ...service, "access_activity_log", "customer_signature"],
    ...[...basics, ...said],
  ],
  product_unacceptable: [...basics, ...said, ...refunds, ...service, ...shipping],
  subscription_canceled: [...cancelling, ...basics, ...said, "access_activity_log", ...service],
  credit_not_processed: [...refunds, ...basics, ...said],
  duplicate: [
    ...["duplicate_charge_id", "duplicate_charge_explanation", "duplicate_charge_documentation"],
    ...[...basics, ...said, ...shipping],
  ],
  general: [...basics, ...said, ...refunds, ...service, ...shipping],
  noncompliant: [...basics, "uncategorized_text", "uncategorized_file", ...said],
} as const satisfies Record<string, readonly EvidenceField[]>;

export type KnownReason = keyof typeof decisive;

/** True where a reason has words and a list of its own; others are read as `general`. */
export function isKnownReason(reason: string): reason is KnownReason {
  return Object.hasOwn(decisive, reason);
}

/** What decides a dispute of this reason, and what can be given besides. */
export function fieldsFor(reason: string): { wanted: EvidenceField[]; others: EvidenceField[] } {
  const wanted: readonly EvidenceField[] = decisive[isKnownReason(reason) ? reason : "general"];
  return { wanted: [...wanted], others: names.filter((name) => !wanted.includes(name)) };
}

export type Texts = { readonly [Name in TextField]?: string };
export type Document = { field: FileField; fileId: string; name: string; bytes: number };

/** Exactly what Stripe is sent. */
export type EvidencePayload = {
  evidence: Record<string, string>;
  /** Agreement to what a network takes to resolve a case of its own rules. */
  compliance: "visa_compliance" | "mastercard_compliance" | null;
};

/** What will be sent of a draft: every piece that is there, in the order of the table. */
export function payloadOf(
  texts: Texts,
  files: readonly Pick<Document, "field" | "fileId">[],
  compliance: EvidencePayload["compliance"],
): EvidencePayload {
  const given: Record<string, string | undefined> = {
    ...texts,
    ...Object.fromEntries(files.map(({ field, fileId }) => [field, fileId])),
  };
  const pieces = names.flatMap((name) => (given[name] ? [[name, given[name]] as const] : []));
  return { evidence: Object.fromEntries(pieces), compliance };
}

/** By which a person says that this, and nothing else, is what they have seen. */
export function digestOf(payload: EvidencePayload): string {
  return createHash("sha256").update(JSON.stringify(payload)).digest("base64url");
}

export function charactersIn(texts: Texts): number {
  return Object.values(texts).reduce((sum, text) => sum + text.length, 0);
}

/** What a document is by its first bytes: what a browser says of it is only its name's end. */
export function documentTypeOf(bytes: Uint8Array): (typeof documentTypes)[number] | null {
  const starts = (...mark: number[]) => mark.every((byte, place) => bytes[place] === byte);
  if (starts(0x25, 0x50, 0x44, 0x46, 0x2d)) return "application/pdf";
  if (starts(0xff, 0xd8, 0xff)) return "image/jpeg";
  return starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) ? "image/png" : null;
}
