import { useTranslations } from "next-intl";
import { wordsOf } from "#components/developers/scope-words";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { Moment } from "#components/ui/moment";
import type { ApiKey } from "#lib/tenancy/api-key";

/** Who made a key, when it was used, and when it ends. */
export function KeyDetails({ of }: { of: ApiKey }) {
  const t = useTranslations("developers.keys.key");
  const { id, createdAt, createdBy, expiresAt, revokedAt, lastUsedAt } = of;
  return (
    <Card title={t("details")}>
      <Facts>
        <Fact label={t("id")}>
          <CopyableId id={id} />
        </Fact>
        <Fact label={t("created")}>
          <Moment at={createdAt} />{" "}
          {createdBy === null ? t("byNobody") : t("by", { name: createdBy })}
        </Fact>
        <Fact label={t("lastUsed")}>
          {lastUsedAt ? <Moment at={lastUsedAt} /> : t("neverUsed")}
        </Fact>
        <Fact label={t("expires")}>
          {expiresAt ? <Moment at={expiresAt} as="date" /> : t("never")}
        </Fact>
        {revokedAt && (
          <Fact label={t("revoked")}>
            <Moment at={revokedAt} />
          </Fact>
        )}
      </Facts>
    </Card>
  );
}

/** All that a key may do, in words. */
export function KeyScopes({ of: { scopes } }: { of: ApiKey }) {
  const t = useTranslations("developers.keys");
  return (
    <Card title={t("key.may")} flush>
      <ul className="divide-y divide-separator border-t border-separator">
        {scopes.map((scope) => (
          <li key={scope} className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-4 py-2">
            <span className="w-40 font-mono text-xs leading-5">{scope}</span>
            <span className="text-muted">{t(wordsOf(scope))}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
