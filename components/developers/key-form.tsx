"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CodeBlock } from "#components/developers/code-block";
import { ScopesField } from "#components/developers/scopes-field";
import { SecretReveal } from "#components/developers/secret-reveal";
import { Form, SubmitButton } from "#components/ui/form";
import { LinkButton } from "#components/ui/link-button";
import { type Option, Select } from "#components/ui/select";
import { TextField } from "#components/ui/text-field";
import type { ApiKeyScope } from "#lib/tenancy/api-key";

type Props = {
  slug: string;
  scopes: readonly ApiKeyScope[];
  /** Instants as the server's clock has them; an empty one is never. */
  expiries: readonly Option[];
  /** Where the API answers. */
  apiUrl: string;
};
type Made = { readonly id: string; readonly secret: string };

/** Makes a key and shows its secret, once. */
export function KeyForm({ slug, scopes, expiries, apiUrl }: Props) {
  const t = useTranslations("developers.keys.new");
  const [chosen, setChosen] = useState<ReadonlySet<ApiKeyScope>>(new Set());
  const [made, setMade] = useState<Made>();
  const root = `/${slug}/developers/keys`;

  if (made) {
    return (
      <SecretReveal kind="keyMade" secret={made.secret} next={`${root}/${made.id}`}>
        <TryIt url={exampleUrl(apiUrl, slug, chosen)} />
      </SecretReveal>
    );
  }
  return (
    <Form<Made>
      path={`/api/v1/tenants/${slug}/api-keys`}
      toBody={({ name, expiresAt }) => ({ name, expiresAt: expiresAt || null })}
      values={{ scopes: [...chosen] }}
      onDone={setMade}
      className="grid gap-5"
    >
      <TextField
        name="name"
        label={t("name")}
        description={t("nameHelp")}
        placeholder={t("namePlaceholder")}
        autoComplete="off"
        maxLength={60}
        isRequired
      />
      <ScopesField scopes={scopes} chosen={chosen} onChange={setChosen} />
      <Select
        name="expiresAt"
        label={t("expires")}
        options={expiries}
        defaultValue={expiries[0]?.value ?? ""}
      />
      <div className="flex flex-wrap gap-2">
        <SubmitButton>{t("create")}</SubmitButton>
        <LinkButton href={root} variant="secondary">
          {t("cancel")}
        </LinkButton>
      </div>
    </Form>
  );
}

function TryIt({ url }: { url: string }) {
  const t = useTranslations("developers.secret");
  const text = `curl ${url} \\\n  -H "Authorization: Bearer $LOCKSTEP_API_KEY"`;
  return (
    <div className="grid gap-1.5">
      <p className="text-muted">{t("keyUse")}</p>
      <CodeBlock label={t("keyUse")} text={text} />
    </div>
  );
}

/** A read that the key just made may do, or the document anyone may. */
function exampleUrl(apiUrl: string, slug: string, chosen: ReadonlySet<ApiKeyScope>): string {
  const reads = [
    ["entitlements:read", "/entitlements"],
    ["billing:read", `/tenants/${slug}/invoices`],
    ["members:read", `/tenants/${slug}/members`],
    ["developers:read", `/tenants/${slug}/events`],
  ] as const;
  return `${apiUrl}${reads.find(([scope]) => chosen.has(scope))?.[1] ?? "/openapi.json"}`;
}
