import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { z } from "zod";
import { CancelEffect } from "#components/changes/cancel-effect";
import { CancelOfferCard } from "#components/changes/cancel-offer";
import { CancelReasons } from "#components/changes/cancel-reasons";
import { ChangePage } from "#components/changes/change-page";
import { ChoiceLinks } from "#components/changes/choice-links";
import { DrawingUp } from "#components/changes/drawing-up";
import { LeavingWords } from "#components/changes/leaving-words";
import { TextLink } from "#components/ui/link-button";
import { cancelReasons } from "#lib/billing/cancel-offers";
import { requireTenant } from "#lib/web/session";

type Props = {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const query = z.object({
  reason: z.enum(cancelReasons).optional().catch(undefined),
  when: z.enum(["end", "now"]).default("end").catch("end"),
});

export async function generateMetadata() {
  const t = await getTranslations("changes.cancel");
  return { title: t("title") };
}

export default async function CancelPage({ params, searchParams }: Props) {
  const ctx = await requireTenant((await params).tenant);
  const t = await getTranslations("changes.cancel");
  const { reason, when } = query.parse(await searchParams);
  const root = `/${ctx.tenantSlug}/billing/cancel`;
  const at = (when: "end" | "now") =>
    `${root}?${new URLSearchParams({ reason: reason ?? "", when })}`;
  return (
    <ChangePage ctx={ctx} title={t("title")} sentence={t("sentence")}>
      <div className="grid max-w-xl gap-5">
        {reason === undefined ? (
          <CancelReasons action={root} />
        ) : (
          <>
            <p className="flex flex-wrap items-baseline gap-x-3">
              <span className="font-medium">{t(`reasons.${reason}`)}</span>
              <TextLink href={root}>{t("change")}</TextLink>
            </p>
            <Suspense fallback={null}>
              <CancelOfferCard ctx={ctx} reason={reason} />
            </Suspense>
            <ChoiceLinks
              label={t("when")}
              links={[
                { href: at("end"), label: t("atEnd"), isCurrent: when === "end" },
                { href: at("now"), label: t("now"), isCurrent: when === "now" },
              ]}
            />
            <LeavingWords>
              <Suspense key={when} fallback={<DrawingUp />}>
                <CancelEffect ctx={ctx} reason={reason} when={when} />
              </Suspense>
            </LeavingWords>
          </>
        )}
      </div>
    </ChangePage>
  );
}
