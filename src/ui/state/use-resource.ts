// Ties a fetch to a screen: fetched when its key changes, again behind the scenes when something was committed.
import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { AppState } from "./app-state.ts";
import { Loader, type Resource } from "./resource.ts";

export function useResource<T>(app: AppState, key: string, fetch: () => Promise<T>): Resource<T> {
  const [loader] = useState(() => new Loader<T>());
  const latest = useRef(fetch);
  latest.current = fetch;
  useEffect(() => void loader.load(latest.current), [loader, key]);
  const seen = useRef(app.changes.peek());
  useSignalEffect(() => {
    if (app.changes.value === seen.current) return;
    seen.current = app.changes.value;
    void loader.refresh(latest.current);
  });
  return loader.state.value;
}
