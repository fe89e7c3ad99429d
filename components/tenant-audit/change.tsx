import { ChevronRight } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { AuditEntry } from "#lib/tenancy/audit-entry";

/** Said by the row already, or the same for every row. */
const untold = new Set(["id", "tenant_id", "created_at"]);

type Props = {
  entry: Pick<AuditEntry, "before" | "after">;
  /** The effect in words, which opens the rest. */
  effect: string;
};

/** What a write changed, field by field, behind a press on what it did. */
export function Change({ entry, effect }: Props) {
  const t = useTranslations("tenant.audit");
  const [before, after] = [fieldsOf(entry.before), fieldsOf(entry.after)];
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (field) => !untold.has(field),
  );
  if (fields.length === 0) return <p className="text-xs text-muted">{effect}</p>;
  return (
    <details className="group">
      <summary className="inline-flex min-h-6 cursor-pointer list-none items-center gap-0.5 rounded-xs text-xs text-muted hover:text-foreground [&::-webkit-details-marker]:hidden">
        {effect}
        <ChevronRight aria-hidden className="size-3 group-open:rotate-90" />
        <span className="sr-only">{t("showChange")}</span>
      </summary>
      <div className="mt-1.5 overflow-x-auto rounded-sm border border-separator">
        <table className="w-full text-start text-xs">
          <thead>
            <tr className="border-b border-separator text-muted">
              {[t("field"), t("before"), t("after")].map((header) => (
                <th key={header} scope="col" className="px-2 py-1 text-start font-medium">
                  {header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field} className="border-b border-separator align-top last:border-b-0">
                <th scope="row" className="px-2 py-1 text-start font-normal text-muted">
                  {field.replace(/_id$/, "").replaceAll("_", " ")}
                </th>
                <td className="px-2 py-1 break-all">
                  <Value of={before[field]} />
                </td>
                <td className="px-2 py-1 break-all">
                  <Value of={after[field]} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Value({ of }: { of: unknown }) {
  const t = useTranslations("tenant.audit");
  const format = useFormatter();
  if (of === null || of === undefined) return <span className="text-muted">{t("nothing")}</span>;
  if (typeof of === "boolean") return t(of ? "yes" : "no");
  if (typeof of === "string" && instantForm.test(of)) {
    return `${format.dateTime(new Date(of), { dateStyle: "medium", timeStyle: "medium" })} UTC`;
  }
  return typeof of === "string" ? of : <code className="font-mono">{JSON.stringify(of)}</code>;
}

const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/;

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
