"use client";

import { Popover } from "@heroui/react/popover";
import { CircleHelp } from "lucide-react";
import { Button } from "react-aria-components/Button";
import type { ExplainProps } from "#components/ui/explain";
import { useReturnFocus } from "#components/ui/use-return-focus";

/** The explanation itself, opened as it appears. */
export function Explanation({ label, title, children }: ExplainProps & { label: string }) {
  const { trigger, returnFocus } = useReturnFocus();
  return (
    <Popover defaultOpen onOpenChange={returnFocus}>
      <Button ref={trigger} aria-label={label} className={explainStyle}>
        <CircleHelp aria-hidden className="size-3.5" />
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

const explainStyle =
  "relative z-1 inline-grid size-6 cursor-pointer place-items-center rounded-sm align-middle text-muted hover:text-foreground";
