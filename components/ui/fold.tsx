"use client";

import { ChevronDown } from "lucide-react";
import { useId, useState } from "react";
import { buttonStyle } from "#components/ui/link-button";

type Props = { label: string; children: React.ReactNode };

/** On a phone this waits behind one button, so that what is read comes first; wider it is there. */
export function Fold({ label, children }: Props) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <div>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
        className={`${buttonStyle("secondary", "sm")} md:hidden`}
      >
        {label}
        <ChevronDown aria-hidden className={isOpen ? "rotate-180" : ""} />
      </button>
      <div id={id} className={isOpen ? "max-md:pt-3" : "max-md:hidden"}>
        {children}
      </div>
    </div>
  );
}
