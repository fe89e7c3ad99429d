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
  const seen = await lookAhead(ctx, input);
  return seen instanceof Refusal ? <WhyNot refusal={seen} /> : children(seen);
}

/** The preview of a change, or the refusal of it. */
export function lookAhead(
  ctx: TenantContext,
  input: ChangeInput,
): Promise<ChangePreview | Refusal> {
  return previewChange(ctx, input).catch((error: unknown) => {
    if (error instanceof Refusal) return error;
    throw error;
  });
}

/** Why a change is not possible. */
export async function WhyNot({ refusal }: { refusal: Refusal }) {
  const t = await getTranslations("changes.plan");
  return (
    <Banner kind="warning" title={t("notNow")}>
      {refusal.message}
    </Banner>
  );
}
