"use client";

import { Pause, Play } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "#components/ui/button";

const everyMs = 5_000;

/** Keeps a page current while it is looked at, until one pauses it to read. */
export function Live() {
  const router = useRouter();
  const [isOn, setOn] = useState(true);
  useEffect(() => {
    if (!isOn) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [isOn, router]);
  return (
    <Button variant="secondary" size="sm" onPress={() => setOn(!isOn)}>
      {isOn ? (
        <Pause aria-hidden className="size-3.5" />
      ) : (
        <Play aria-hidden className="size-3.5" />
      )}
      {isOn ? "Live" : "Paused"}
    </Button>
  );
}
