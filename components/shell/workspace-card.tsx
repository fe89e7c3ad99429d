import { ChevronsUpDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { Initials } from "#components/shell/initials";

export type Workspace = {
  readonly slug: string;
  readonly name: string;
  /** Its plan in a few words: "Pro · 12 seats". */
  readonly line?: string | undefined;
};

export const workspaceCardStyle =
  "flex w-full cursor-pointer items-center gap-2.5 rounded-lg border border-border bg-surface px-2 py-1.5 text-start hover:bg-default/40";

/** What is written on the switcher. */
export function WorkspaceCard({ of: { name, line } }: { of: Workspace }) {
  const t = useTranslations("common.shell");
  return (
    <>
      <Initials of={name} />
      <span className="min-w-0 flex-1 leading-4">
        <span className="block truncate font-medium">{name}</span>
        <span className="block truncate text-2xs text-muted">{line ?? t("noPlan")}</span>
      </span>
      <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-muted" />
    </>
  );
}
