const loading = new Map<string, Promise<void>>();

/** Puts a script into the page, once. One that did not load can be asked for again. */
export function loadScript(src: string): Promise<void> {
  const known = loading.get(src);
  if (known) return known;
  const loaded = new Promise<void>((resolve, reject) => {
    const script = document.createElement("script");
    script.src = src;
    script.onload = () => resolve();
    script.onerror = () => {
      loading.delete(src);
      script.remove();
      reject(new Error("Stripe's script did not load."));
    };
    document.head.append(script);
  });
  loading.set(src, loaded);
  return loaded;
}
