"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Place } from "#components/developers/place";
import { SecretReveal } from "#components/developers/secret-reveal";
import { TypesField } from "#components/developers/types-field";
import { Form, SubmitButton } from "#components/ui/form";
import { LinkButton } from "#components/ui/link-button";
import { TextField } from "#components/ui/text-field";
import type { Endpoint } from "#lib/webhooks/endpoint";
import type { TypeGroup } from "#lib/webhooks/type-groups";

type Props = {
  place: Place;
  groups: readonly TypeGroup[];
  /** This machine may be called too, so say so. */
  allowsLoopback: boolean;
  /** The endpoint to change; without one a new one is added. */
  endpoint?: Pick<Endpoint, "id" | "url" | "description" | "types">;
};

type Made = { readonly id: string; readonly secret: string };

/** Adds an endpoint and shows its secret, once; or changes one. */
export function EndpointForm({ place, groups, allowsLoopback, endpoint }: Props) {
  const t = useTranslations("developers.form");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(endpoint?.types));
  const [made, setMade] = useState<Made>();
  const root = place.pages;
  const page = endpoint ? `${root}/endpoints/${endpoint.id}` : root;
  const api = `${place.api}/webhook-endpoints` as const;

  if (made) {
    return <SecretReveal kind="made" secret={made.secret} next={`${root}/endpoints/${made.id}`} />;
  }
  return (
    <Form<Made>
      path={endpoint ? `${api}/${endpoint.id}` : api}
      method={endpoint ? "PATCH" : "POST"}
      values={{ types: [...chosen] }}
      className="grid gap-5"
      {...(endpoint ? { goTo: page, refresh: true } : { onDone: setMade })}
    >
      <TextField
        name="url"
        type="url"
        label={t("url")}
        description={t(allowsLoopback ? "urlHelpLocal" : "urlHelp")}
        placeholder="https://example.com/webhooks"
        defaultValue={endpoint?.url ?? ""}
        autoComplete="off"
        maxLength={2000}
        isRequired
      />
      <TextField
        name="description"
        label={t("description")}
        description={t("descriptionHelp")}
        defaultValue={endpoint?.description ?? ""}
        autoComplete="off"
        maxLength={200}
      />
      <TypesField groups={groups} chosen={chosen} onChange={setChosen} />
      <div className="flex flex-wrap gap-2">
        <SubmitButton>{t(endpoint ? "save" : "create")}</SubmitButton>
        <LinkButton href={page} variant="secondary">
          {t("cancel")}
        </LinkButton>
      </div>
    </Form>
  );
}
