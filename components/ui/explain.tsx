"use client";

import { Popover } from "@heroui/react/popover";
import { CircleHelp } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "react-aria-components/Button";

type Props = {
  /** What is explained, for those who hear the button: "Why is this past due?" */
  label?: string;
  title: string;
  children: React.ReactNode;
};

/** Why something is as it is, one press away. */
export function Explain({ label, title, children }: Props) {
  const t = useTranslations("common");
  return (
    <Popover>
      <Button
        aria-label={label ?? t("explain")}
        className="relative z-1 inline-grid size-6 cursor-pointer place-items-center rounded-sm text-muted hover:text-foreground"
      >
        <CircleHelp className="size-3.5" />
      </Button>
      <Popover.Content className="max-w-80">
        <Popover.Dialog>
          <Popover.Heading>{title}</Popover.Heading>
          <div className="mt-1 text-muted">{children}</div>
        </Popover.Dialog>
      </Popover.Content>
    </Popover>
  );
}
