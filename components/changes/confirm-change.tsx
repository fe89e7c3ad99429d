"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button";
import { ProblemAlert } from "#components/ui/form";
import { LinkButton } from "#components/ui/link-button";
import { useSubmit } from "#components/ui/use-submit";
import type { ChangeView } from "#lib/billing/change-view";

type Props = {
  slug: string;
  /** The change, with what its preview said. */
  body: Readonly<Record<string, unknown>>;
  label: string;
  /** What is read from the page at the moment of the decision. */
  more?: () => Readonly<Record<string, unknown>>;
  isDangerous?: boolean;
  /** The way out is as easy to find as the way on. */
  withWayBack?: boolean;
};

/** Makes a change that was seen. What is not made says why, and the page shows what holds now. */
export function ConfirmChange({ slug, body, label, more, ...rest }: Props) {
  const { isDangerous = false, withWayBack = true } = rest;
  const t = useTranslations("changes");
  const router = useRouter();
  const { submit, isPending, problem } = useSubmit<ChangeView>({
    path: `/api/v1/tenants/${slug}/subscription/changes`,
    onDone: ({ id, status }) => {
      const finish = status === "awaiting_payment" ? "&finish" : "";
      router.push(`/${slug}/billing?changed=${id}${finish}`);
      router.refresh();
      return new Promise((resolve) => setTimeout(resolve, 1_500));
    },
  });
  const confirm = async () => {
    const answer = await submit({ ...body, ...more?.() });
    // Someone was faster, or prices moved on: the page shows what holds now.
    if (answer && !answer.ok && answer.problem.code === "conflict") router.refresh();
  };
  return (
    <div className="grid gap-3">
      <ProblemAlert problem={problem} />
      <Button
        size="lg"
        fullWidth
        variant={isDangerous ? "danger" : "primary"}
        isPending={isPending}
        onPress={() => void confirm()}
      >
        {isPending ? t("confirming") : label}
      </Button>
      {withWayBack && (
        <LinkButton variant="ghost" fullWidth href={`/${slug}/billing`}>
          {t("keepAsIs")}
        </LinkButton>
      )}
    </div>
  );
}
