import type { DisputeAnswer, DisputeFile } from "#lib/db/generated/client";
import {
  type Document,
  digestOf,
  type EvidencePayload,
  type FileField,
  fieldsFor,
  payloadOf,
  type Texts,
} from "#lib/disputes/evidence";
import type { Lifecycle } from "#lib/lifecycle";

export type AnswerStatus = "draft" | "requested" | "sent" | "failed";
export type AnswerEvent = "decide" | "take" | "refuse" | "edit";
export type Decision = "submit" | "accept";

/** An answer is given once: what Stripe took has no way on. */
export const answerLifecycle = {
  draft: { decide: "requested", edit: "draft" },
  requested: { take: "sent", refuse: "failed" },
  failed: { decide: "requested", edit: "draft" },
  sent: {},
} as const satisfies Lifecycle<AnswerStatus, AnswerEvent>;

/** What Stripe is asked, as it is kept from the decision on. */
export type Asked = EvidencePayload | { close: true };

export type FileView = Document & { id: string; type: string; addedAt: Date };
export type AnswerView = {
  id: string;
  status: AnswerStatus;
  decision: Decision | null;
  texts: Texts;
  files: FileView[];
  editedAt: Date;
  decidedAt: Date | null;
  /** Who decided, by name; null where nobody has. */
  decidedBy: string | null;
  error: string | null;
};

/** Exactly what would be sent now, and what of the weightiest is not in it. */
export type Preview = EvidencePayload & { digest: string; missing: string[] };

export function previewOf(
  answer: Pick<AnswerView, "texts" | "files"> | null,
  about: { reason: string; compliance: EvidencePayload["compliance"] },
): Preview {
  const payload = payloadOf(answer?.texts ?? {}, answer?.files ?? [], about.compliance);
  const missing = fieldsFor(about.reason).wanted.filter((name) => !payload.evidence[name]);
  return { ...payload, digest: digestOf(payload), missing };
}

export function answerOf(
  row: DisputeAnswer & { files: DisputeFile[] },
  decidedBy: string | null,
): AnswerView {
  const { id, status, decision, editedAt, decidedAt, error, files } = row;
  return {
    ...{ id, status, decision, editedAt, decidedAt, decidedBy, error },
    texts: row.texts as Texts,
    files: files.map(({ field, ...file }) => {
      const { id: of, fileId, name, type, bytes, addedAt } = file;
      return { id: of, field: field as FileField, fileId, name, type, bytes, addedAt };
    }),
  };
}
