"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

// Neither is needed before it is asked for, so neither is in the page's script. Without a stand-in
// of their own the whole page would give way to its skeleton meanwhile.
const CommandDialog = dynamic(
  () => import("#components/shell/command-dialog").then((module) => module.CommandDialog),
  { loading: () => null },
);
const KeysDialog = dynamic(
  () => import("#components/shell/keys-dialog").then((module) => module.KeysDialog),
  { loading: () => null },
);

export type CommandPage = { readonly href: string; readonly label: string };

type Props = {
  pages: readonly CommandPage[];
  /** Answers `?q=` with `{ items: [{ kind, label, detail, href }] }`. */
  searchPath: `/api/v1/${string}`;
};

/** The search field of the top bar. It opens with ⌘K or Ctrl-K; `?` shows the keys. */
export function CommandMenu({ pages, searchPath }: Props) {
  const t = useTranslations("common.shell");
  const [open, setOpen] = useState<"commands" | "keys">();
  useShortcuts(setOpen);
  const isConsole = searchPath.startsWith("/api/v1/admin/");

  return (
    <>
      <button
        type="button"
        onClick={() => setOpen("commands")}
        aria-keyshortcuts="Meta+K Control+K"
        className="flex h-8 w-full max-w-80 min-w-0 cursor-pointer items-center gap-2 rounded-lg border border-field-border bg-field px-2.5 text-start text-muted hover:bg-field-hover pointer-coarse:h-10"
      >
        <Search aria-hidden className="size-3.5 shrink-0" />
        <span className="truncate">{t(isConsole ? "searchConsole" : "searchPlaceholder")}</span>
        <kbd
          aria-hidden
          className="ms-auto rounded-sm border border-border px-1 font-sans text-2xs max-sm:hidden"
        >
          ⌘K
        </kbd>
      </button>
      {open === "commands" && (
        <CommandDialog
          pages={pages}
          searchPath={searchPath}
          onClose={() => setOpen(undefined)}
          onKeys={() => setOpen("keys")}
        />
      )}
      {open === "keys" && <KeysDialog onClose={() => setOpen(undefined)} />}
    </>
  );
}

function useShortcuts(open: (what: "commands" | "keys") => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        open("commands");
      } else if (event.key === "?" && !isTyping(event.target)) {
        event.preventDefault();
        open("keys");
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [open]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
