import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Status, type Tone } from "#components/ui/status";
import { type ApiKey, type ApiKeyState, apiKeyScopes } from "#lib/tenancy/api-key";

type Props = { slug: string; keys: readonly ApiKey[] };

/** Every key, or what one is for and the way to the first. */
export function KeyTable({ slug, keys }: Props) {
  const t = useTranslations("developers.keys");
  const root = `/${slug}/developers/keys`;
  return (
    <Card flush>
      <DataTable
        caption={t("caption")}
        columns={useColumns()}
        rows={keys}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `${root}/${id}`}
        empty={
          <EmptyState
            icon={<KeyRound />}
            title={t("emptyTitle")}
            action={<LinkButton href={`${root}/new`}>{t("add")}</LinkButton>}
          >
            {t("empty")}
          </EmptyState>
        }
      />
    </Card>
  );
}

const tones = { active: "good", expired: "quiet", revoked: "quiet" } as const satisfies Record<
  ApiKeyState,
  Tone
>;

/** Whether a key still opens anything. */
export function KeyState({ of }: { of: ApiKeyState }) {
  const t = useTranslations("developers.keys.states");
  return (
    <Status of={of} tone={tones[of]}>
      {t(of)}
    </Status>
  );
}

function useColumns(): Column<ApiKey>[] {
  const t = useTranslations("developers.keys");
  return [
    {
      header: t("name"),
      cell: ({ name, secrets }) => (
        <span className="block min-w-0">
          <span className="block break-words">{name}</span>
          {secrets.map(({ hint }) => (
            <span key={hint} className="block font-mono text-xs font-normal text-muted">
              {hint}
            </span>
          ))}
        </span>
      ),
    },
    { header: t("state"), cell: ({ state }) => <KeyState of={state} /> },
    {
      header: t("scopes"),
      cell: ({ scopes }) =>
        scopes.length === apiKeyScopes.length ? t("every") : t("count", { count: scopes.length }),
    },
    {
      header: t("lastUsed"),
      cell: ({ lastUsedAt }) =>
        lastUsedAt ? (
          <Moment at={lastUsedAt} />
        ) : (
          <span className="text-muted">{t("neverUsed")}</span>
        ),
    },
    {
      header: t("expires"),
      cell: ({ expiresAt }) =>
        expiresAt ? (
          <Moment at={expiresAt} as="date" />
        ) : (
          <span className="text-muted">{t("never")}</span>
        ),
    },
  ];
}
