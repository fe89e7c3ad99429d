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
}

/** The latest requests of each namespace, newest first. Kept in memory: it is for looking. */
export interface RequestLog {
  add(namespace: string, request: LoggedRequest): void;
  of(namespace: string): LoggedRequest[];
  clear(namespace: string): void;
}

const remembered = 1000;

/** Starts an empty log. */
export function createRequestLog(): RequestLog {
  const logs = new Map<string, LoggedRequest[]>();
  return {
    add(namespace, request) {
      const log = logs.get(namespace) ?? [];
      logs.set(namespace, log);
      log.push(request);
      if (log.length > remembered * 2) log.splice(0, log.length - remembered);
    },
    of: (namespace) => (logs.get(namespace) ?? []).slice(-remembered).reverse(),
    clear: (namespace) => void logs.delete(namespace),
  };
}
