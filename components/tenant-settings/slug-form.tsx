"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Fact, Facts } from "#components/ui/card";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { TextField } from "#components/ui/text-field";
import { slugForm, slugLength } from "#lib/tenancy/slug";

/** The workspace's address: what it would become is in view before it is asked, and asked once. */
export function SlugForm({ slug, origin }: { slug: string; origin: string }) {
  const t = useTranslations("tenant.settings");
  const [typed, setTyped] = useState(slug);
  const wanted = typed.trim().toLowerCase();
  const isNew = wanted !== slug;
  const isWell =
    slugForm.test(wanted) && wanted.length >= slugLength.min && wanted.length <= slugLength.max;
  return (
    <div className="grid max-w-md gap-4">
      <TextField
        name="slug"
        label={t("slug")}
        description={t("slugHelp")}
        defaultValue={slug}
        maxLength={slugLength.max}
        autoComplete="off"
        onChange={setTyped}
      />
      <Facts>
        <Fact label={t("slugCurrent")}>
          <Address of={`${origin}/${slug}`} />
        </Fact>
        {isNew && isWell && (
          <Fact label={t("slugPreview")}>
            <Address of={`${origin}/${wanted}`} isNew />
          </Fact>
        )}
      </Facts>
      <p role="status" className="text-xs text-muted">
        {isNew ? !isWell && t("slugBad") : t("slugTry")}
      </p>
      {isNew && isWell && (
        <div>
          <ConfirmDialog
            trigger={t("change")}
            title={t("changeTitle", { slug: wanted })}
            effect={<p>{t("slugEffect", { old: `${origin}/${slug}` })}</p>}
            confirm={t("changeConfirm")}
            path={`/api/v1/tenants/${slug}`}
            method="PATCH"
            body={{ slug: wanted }}
            // A whole load: every link on the screen still names the old address.
            onDone={() => window.location.assign(`/${wanted}/settings`)}
          />
        </div>
      )}
    </div>
  );
}

function Address({ of, isNew = false }: { of: string; isNew?: boolean }) {
  return (
    <span className={`font-mono text-xs break-all ${isNew ? "font-medium" : "text-muted"}`}>
      {of}
    </span>
  );
}
