import { ScrollText } from "lucide-react";
import { useTranslations } from "next-intl";
import { browserOf } from "#components/tenant-audit/browser-of";
import { Change } from "#components/tenant-audit/change";
import { useActionWords } from "#components/tenant-overview/action-words";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { Moment } from "#components/ui/moment";
import type { AuditEntry, AuditPage } from "#lib/tenancy/audit-entry";

/** The log as people read it, the newest first. */
export function AuditTable({ page: { rows, next } }: { page: AuditPage }) {
  const t = useTranslations("tenant.audit");
  return (
    <Card flush>
      <DataTable
        caption={t("caption")}
        columns={useColumns()}
        rows={rows}
        rowKey={({ sequence }) => sequence.toString()}
        next={next}
        empty={
          <EmptyState icon={<ScrollText />} title={t("emptyTitle")}>
            {t("empty")}
          </EmptyState>
        }
      />
    </Card>
  );
}

function useColumns(): Column<AuditEntry>[] {
  const t = useTranslations("tenant.audit");
  return [
    { header: t("who"), cell: (entry) => <Who entry={entry} /> },
    { header: t("what"), cell: (entry) => <What entry={entry} /> },
    { header: t("when"), cell: ({ at }) => <Moment at={at} /> },
    { header: t("where"), cell: (entry) => <Where entry={entry} /> },
  ];
}

function Who({ entry: { actor, actorName } }: { entry: AuditEntry }) {
  const t = useTranslations("tenant.audit");
  if (actor.startsWith("system:")) {
    return (
      <span>
        <span className="block font-medium">{t("system")}</span>
        <span className="block text-xs text-muted">{actor.replace("system:", "")}</span>
      </span>
    );
  }
  // A name the log cannot find any more is still a person; the id says which.
  const name = actorName === actor ? t("formerPerson") : actorName;
  return (
    <span className="font-medium" title={actor}>
      {name}
    </span>
  );
}

function What({ entry }: { entry: AuditEntry }) {
  const t = useTranslations("tenant.audit");
  const words = useActionWords();
  const { action, target, operation } = entry;
  const kind = `targets.${target}` as "targets.members";
  const effect = `operations.${operation}` as "operations.update";
  const name = t.has(kind) ? t(kind) : target.replaceAll("_", " ");
  const fallback = action.replace(/^.*\./, "").replaceAll(/[-_]/g, " ");
  return (
    <div className="min-w-0 text-start max-sm:text-end">
      <p>{words(action, fallback)}</p>
      <Change entry={entry} effect={t.has(effect) ? t(effect, { target: name }) : name} />
    </div>
  );
}

function Where({ entry: { ip, userAgent } }: { entry: AuditEntry }) {
  const t = useTranslations("tenant.audit");
  if (!ip && !userAgent) return <span className="text-muted">{t("noOrigin")}</span>;
  const known = userAgent ? browserOf(userAgent) : undefined;
  return (
    <span title={userAgent ?? undefined}>
      {ip && <span className="block font-mono text-xs">{ip}</span>}
      {userAgent && (
        <span className="block text-xs text-muted">
          {known ? t("on", known) : t("unknownBrowser")}
        </span>
      )}
    </span>
  );
}
