import pg from "pg";

const pauseMs = 500;

/**
 * Hears a PostgreSQL channel until stopped, over a connection of its own that is opened again when
 * it breaks. What was said meanwhile is missed, so whoever listens also looks from time to time,
 * or is told by `lose` that nothing is heard until the next `hear`.
 */
export function listen(
  pool: pg.Pool,
  channel: "inbox" | "inbox_done" | "api_keys",
  hear: () => void,
  lose: () => void = () => {},
): { stop(): Promise<void> } {
  let client: pg.Client | undefined;
  let again: NodeJS.Timeout | undefined;
  let isStopped = false;

  const open = async () => {
    const opened = new pg.Client({ ...pool.options, application_name: "lockstep-listen" });
    client = opened;
    opened.on("notification", hear);
    opened.on("error", () => {});
    opened.once("end", () => {
      lose();
      if (!isStopped) again = setTimeout(() => void open(), pauseMs);
    });
    try {
      await opened.connect();
      await opened.query(`listen ${channel}`);
      hear();
    } catch {
      await opened.end().catch(() => {});
    }
  };
  void open();

  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(again);
      await client?.end().catch(() => {});
    },
  };
}
