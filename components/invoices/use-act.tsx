"use client";

import { useRouter } from "next/navigation";
import { useRef } from "react";
import { type ApiPath, useSubmit } from "#components/ui/use-submit";

/** One act under one key, however often it is pressed; what differs is another act. */
export function useAct(path: ApiPath, onDone: () => void) {
  const router = useRouter();
  const key = useRef<{ of: string; is: string }>(undefined);
  const { submit, ...rest } = useSubmit({
    path,
    onDone: () => {
      router.refresh();
      onDone();
    },
  });
  const act = (body: Readonly<Record<string, unknown>>) => {
    const of = JSON.stringify(body);
    if (key.current?.of !== of) key.current = { of, is: crypto.randomUUID() };
    return submit({ ...body, key: key.current.is });
  };
  return { act, ...rest };
}
