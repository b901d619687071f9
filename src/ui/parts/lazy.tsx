// Screens and panels whose code comes when they are first shown, so that the first page stays small.
import { h, type ComponentType, type JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { problemOf, type Problem } from "../../core/errors.ts";
import { LoadFailure } from "./load-failure.tsx";

type Loaded<Props> = { readonly component: ComponentType<Props> } | { readonly problem: Problem };

/** A component that fetches its code once; nothing is shown until it is there. */
export function lazy<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let known: Loaded<Props> | null = null;
  return function Lazy(props: Props): JSX.Element | null {
    const [loaded, setLoaded] = useState(known);
    useEffect(() => {
      if (loaded !== null) return;
      load().then(
        (component) => setLoaded((known = { component })),
        (error: unknown) => setLoaded({ problem: problemOf(error) }),
      );
    }, [loaded]);
    if (loaded === null) return null;
    return "problem" in loaded ? (
      <LoadFailure problem={loaded.problem} />
    ) : (
      h(loaded.component, props)
    );
  };
}
