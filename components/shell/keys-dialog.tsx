"use client";

import { Modal } from "@heroui/react/modal";
import { useTranslations } from "next-intl";

/** The keys there are, and what each does. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("common.command");
  const keys = [
    ["⌘K", t("keySearch")],
    ["?", t("keyHelp")],
    ["↑ ↓", t("keyMove")],
    ["esc", t("keyEscape")],
  ] as const;
  return (
    <Modal.Backdrop isOpen onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Modal.Container size="xs">
        <Modal.Dialog>
          <Modal.CloseTrigger />
          <Modal.Header>
            <Modal.Heading>{t("keysTitle")}</Modal.Heading>
          </Modal.Header>
          <Modal.Body>
            <dl className="grid gap-2">
              {keys.map(([key, meaning]) => (
                <div key={key} className="flex items-center justify-between">
                  <dt>
                    <kbd className="rounded-sm border border-border px-1.5 py-0.5 font-sans text-xs">
                      {key}
                    </kbd>
                  </dt>
                  <dd className="text-muted">{meaning}</dd>
                </div>
              ))}
            </dl>
          </Modal.Body>
        </Modal.Dialog>
      </Modal.Container>
    </Modal.Backdrop>
  );
}
