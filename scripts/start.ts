import { buildWeb } from "#scripts/build";
import { runInForeground } from "#scripts/foreground";

/** `npm start`: everything, built for production, until Ctrl-C. */
const built = buildWeb();
built.catch(() => {}); // Reported where it is awaited.
await runInForeground({ mode: "production", built });
