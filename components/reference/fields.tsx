import { useTranslations } from "next-intl";
import type { Field } from "#lib/web/api-fields";

type Props = { title: string; fields: readonly (Field & { where?: string })[] };

/** What is sent or answered, field by field. */
export function Fields({ title, fields }: Props) {
  const t = useTranslations("reference");
  if (fields.length === 0) return null;
  return (
    <div className="min-w-0">
      <h3 className="mb-1.5 text-xs font-medium text-muted">{title}</h3>
      <dl className="divide-y divide-separator rounded-lg border border-border bg-surface">
        {fields.map(({ path, type, isRequired, description, where }) => (
          <div key={`${where} ${path}`} className="px-3 py-2">
            <dt className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
              <span className="font-mono text-xs leading-5 break-all">{path}</span>
              <span className="text-xs break-words text-muted">{type}</span>
              {where && <span className="text-2xs text-muted">{where}</span>}
              {isRequired && where && <span className="text-2xs font-medium">{t("required")}</span>}
            </dt>
            <dd className="text-xs text-muted">{description}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
