/** Tells whoever watches a namespace that something in it may have changed. */
export interface Changes {
  /** Calls back soon after each change. What is returned ends it. */
  watch(namespace: string, told: () => void): () => void;
  /** Calls back soon after each change in any namespace, with its name. */
  watchAll(told: (namespace: string) => void): void;
  tell(namespace: string): void;
}

/** Starts with nobody watching. Many changes in one turn are told once. */
export function createChanges(): Changes {
  const watchers = new Map<string, Set<() => void>>();
  const everywhere: ((namespace: string) => void)[] = [];
  const telling = new Set<string>();
  return {
    watch(namespace, told) {
      const all = watchers.get(namespace) ?? new Set();
      watchers.set(namespace, all.add(told));
      return () => {
        all.delete(told);
        if (all.size === 0 && watchers.get(namespace) === all) watchers.delete(namespace);
      };
    },
    watchAll: (told) => void everywhere.push(told),
    tell(namespace) {
      if (telling.has(namespace)) return;
      telling.add(namespace);
      setImmediate(() => {
        telling.delete(namespace);
        for (const told of everywhere) told(namespace);
        for (const told of watchers.get(namespace) ?? []) told();
      });
    },
  };
}
