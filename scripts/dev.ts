import { runInForeground } from "#scripts/foreground";

/** `npm run dev`: the same processes, with pages that follow the source. */
await runInForeground({ mode: "development", built: Promise.resolve() });
