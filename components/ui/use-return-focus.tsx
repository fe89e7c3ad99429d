"use client";

import { useRef } from "react";

/**
 * For what opens as it appears: the button that was pressed is gone, replaced by `trigger`, so the
 * focus has to be told where to return.
 */
export function useReturnFocus() {
  const trigger = useRef<HTMLButtonElement>(null);
  const returnFocus = (isOpen: boolean) => {
    if (!isOpen) setTimeout(() => trigger.current?.focus(), 50);
  };
  return { trigger, returnFocus };
}
