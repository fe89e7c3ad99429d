/** One request as the admin plane lists it. */
export interface LoggedRequest {
  id: string;
  at: string;
  method: string;
  path: string;
  account: string;
  status: number;
  milliseconds: number;
  idempotency_key: string | null;
  replayed: boolean;
  /** What was sent and answered, as text; the beginning of it, where it is long. */
  sent?: string;
  answer?: string;
}

/** The latest requests of each namespace, newest first. Kept in memory: it is for looking. */
export interface RequestLog {
  add(namespace: string, request: LoggedRequest): void;
  of(namespace: string): LoggedRequest[];
  find(namespace: string, id: string): LoggedRequest | undefined;
  clear(namespace: string): void;
}

const remembered = 1000;
const longestKept = 20_000;

/** Starts an empty log. */
export function createRequestLog(): RequestLog {
  const logs = new Map<string, LoggedRequest[]>();
  return {
    add(namespace, request) {
      const log = logs.get(namespace) ?? [];
      logs.set(namespace, log);
      const { sent = "", answer = "" } = request;
      log.push({
        ...request,
        ...{ sent: sent.slice(0, longestKept), answer: answer.slice(0, longestKept) },
      });
      if (log.length > remembered * 2) log.splice(0, log.length - remembered);
    },
    of: (namespace) => (logs.get(namespace) ?? []).slice(-remembered).reverse(),
    find: (namespace, id) => (logs.get(namespace) ?? []).find((each) => each.id === id),
    clear: (namespace) => void logs.delete(namespace),
  };
}
