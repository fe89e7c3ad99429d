"use client";

import { type ComponentType, useCallback, useState } from "react";

/**
 * A part of the page that is loaded when asked for and then takes the place of what asked. Until it
 * is there the page stays exactly as it is.
 */
export function useLoaded<P>(load: () => Promise<ComponentType<P>>) {
  const [part, setPart] = useState<{ readonly Part: ComponentType<P> }>();
  const show = useCallback(() => {
    void load().then((Part) => setPart({ Part }));
  }, [load]);
  return { Part: part?.Part, show };
}
