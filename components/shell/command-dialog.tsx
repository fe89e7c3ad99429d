"use client";

import { Modal } from "@heroui/react/modal";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { CommandPage } from "#components/shell/command-menu";
import { type Command, useCommands } from "#components/shell/use-commands";

type Props = {
  pages: readonly CommandPage[];
  searchPath: `/api/v1/${string}`;
  onClose: () => void;
  onKeys: () => void;
};

/** Pages, actions and what the search finds, operable by keyboard alone. */
export function CommandDialog({ onClose, ...props }: Props) {
  const t = useTranslations("common.command");
  return (
    <Modal.Backdrop isOpen onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Modal.Container placement="top" size="lg">
        <Modal.Dialog aria-label={t("title")} className="overflow-hidden p-0">
          <Palette onClose={onClose} {...props} />
        </Modal.Dialog>
      </Modal.Container>
    </Modal.Backdrop>
  );
}

function Palette({ pages, searchPath, onClose, onKeys }: Props) {
  const t = useTranslations("common.command");
  const router = useRouter();
  const listId = useId();
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const { groups, note } = useCommands(query, pages, searchPath, onKeys);
  const commands = groups.flatMap((group) => group.commands);
  const current = commands[Math.min(active, commands.length - 1)];

  const choose = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    if ("href" in command) router.push(command.href);
    else command.run();
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter") choose(current);
    else if (step && commands.length > 0) {
      const from = Math.min(active, commands.length - 1);
      setActive((from + step + commands.length) % commands.length);
    } else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        // biome-ignore lint/a11y/noAutofocus: it was opened to be typed into
        autoFocus
        role="combobox"
        aria-label={t("title")}
        aria-expanded="true"
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={current && `${listId}-${current.id}`}
        autoComplete="off"
        spellCheck={false}
        placeholder={t("placeholder")}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
        className="h-12 w-full border-b border-separator bg-transparent px-4 text-base outline-none placeholder:text-muted sm:text-sm"
      />
      <div
        id={listId}
        role="listbox"
        aria-label={t("title")}
        className="max-h-[50dvh] overflow-y-auto p-1.5"
      >
        {groups.map(({ title, commands: members }) => (
          <CommandGroup
            key={title}
            title={title}
            listId={listId}
            commands={members}
            current={current}
            onChoose={choose}
          />
        ))}
      </div>
      <p role="status" className={note ? "px-4 pb-3 text-muted" : "sr-only"}>
        {note}
      </p>
      <Legend />
    </>
  );
}

function CommandGroup(props: {
  title: string;
  listId: string;
  commands: readonly Command[];
  current: Command | undefined;
  onChoose: (command: Command) => void;
}) {
  const titleId = `${props.listId}-${props.title.replaceAll(/\W/g, "-")}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a listbox groups its options with this role
    <div role="group" aria-labelledby={titleId}>
      <p id={titleId} className="px-2.5 pt-2 pb-1 text-2xs font-medium text-muted uppercase">
        {props.title}
      </p>
      {props.commands.map((command) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox takes the keys for its options
        <div
          key={command.id}
          id={`${props.listId}-${command.id}`}
          role="option"
          tabIndex={-1}
          aria-selected={command === props.current}
          ref={command === props.current ? showInList : undefined}
          onClick={() => props.onChoose(command)}
          className="flex min-h-9 cursor-pointer items-center gap-3 rounded-sm px-2.5 py-1.5 hover:bg-default/60 aria-selected:bg-default"
        >
          <span className="min-w-0 truncate">{command.label}</span>
          {command.detail && (
            <span className="ms-auto min-w-0 truncate text-xs text-muted">{command.detail}</span>
          )}
        </div>
      ))}
    </div>
  );
}

function Legend() {
  const t = useTranslations("common.command");
  const keys = [
    ["↑↓", t("move")],
    ["↵", t("open")],
    ["esc", t("close")],
  ] as const;
  return (
    <p
      aria-hidden
      className="flex gap-4 border-t border-separator px-4 py-2 text-2xs text-muted max-sm:hidden"
    >
      {keys.map(([key, label]) => (
        <span key={key}>
          <kbd className="font-sans text-foreground">{key}</kbd> {label}
        </span>
      ))}
    </p>
  );
}

function showInList(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "nearest" });
}
