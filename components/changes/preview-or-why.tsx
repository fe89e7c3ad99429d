import { getTranslations } from "next-intl/server";
import { Banner } from "#components/ui/banner";
import type { ChangeInput } from "#lib/billing/change-input";
import type { ChangePreview } from "#lib/billing/change-preview";
import { previewChange } from "#lib/billing/preview-change";
import { Refusal } from "#lib/errors";
import type { TenantContext } from "#lib/tenancy/context";

type Props = {
  ctx: TenantContext;
  input: ChangeInput;
  children: (preview: ChangePreview) => React.ReactNode;
};

/** The preview of a change, or in words why there is none. */
export async function PreviewOrWhy({ ctx, input, children }: Props) {
  const preview = await previewChange(ctx, input).catch(whyNot);
  if (!("message" in preview)) return children(preview);
  const t = await getTranslations("changes.plan");
  return (
    <Banner kind="warning" title={t("notNow")}>
      {preview.message}
    </Banner>
  );
}

function whyNot(error: unknown): { message: string } {
  if (error instanceof Refusal) return { message: error.message };
  throw error;
}
