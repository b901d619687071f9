// How a collection's version is used from code, by the name that is chosen.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { showHidden } from "../../../core/errors.ts";
import { LATEST } from "../../../core/names.ts";
import type { LinkAlias } from "../../../protocol/registry-link-api.ts";
import { CopyButton } from "../../parts/copy-button.tsx";
import type { CollectionRoute } from "../../router.ts";
import { snippetOf, specIn } from "./place-text.ts";
import "../../parts/choices.css";

interface UsageNoteProps {
  readonly route: CollectionRoute;
  readonly aliases: readonly Pick<LinkAlias, "alias">[];
  /** A name that never moves, offered first. */
  readonly pinned?: string;
}

/** Names offered; any other can be typed into the code. */
const OFFERED = 8;

export function UsageNote({ route, aliases, pinned }: UsageNoteProps): JSX.Element {
  const names = aliases.map(({ alias }) => alias as string);
  const offered = [
    ...(pinned === undefined ? [LATEST, ...names.filter((name) => name !== LATEST)] : names),
  ].slice(0, OFFERED);
  const selectors = pinned === undefined ? offered : [pinned, ...offered];
  const chosen = useSignal(selectors[0] ?? LATEST);
  // An alias may move away while it is shown.
  const selector = selectors.find((known) => known === chosen.value) ?? selectors[0] ?? LATEST;
  const time = route.asOf === "" ? "" : `@${route.asOf}`;
  const spec = specIn(route, selector) + time;
  const code = snippetOf(spec);
  return (
    <section class="card collection-usage" aria-label="Use it from code">
      <div class="choices" role="group" aria-label="Named by">
        {selectors.map((known) => (
          <button
            key={known}
            type="button"
            aria-pressed={known === selector}
            onClick={() => (chosen.value = known)}
          >
            {showHidden(known)}
          </button>
        ))}
      </div>
      <p class="collection-spec">
        <code>{spec}</code>
        <CopyButton text={spec} label={`Copy ${spec}`} />
      </p>
      <pre tabIndex={0} aria-label="TypeScript">
        {code}
      </pre>
      <CopyButton text={code}>Copy code</CopyButton>
    </section>
  );
}
