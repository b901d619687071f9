// How to use this version from code: whole snippets, ready to copy.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { showHidden } from "../../../core/errors.ts";
import { formatVersion } from "../../../core/version.ts";
import type { VersionDetail } from "../../../protocol/browse-api.ts";
import { CopyButton } from "../../parts/copy-button.tsx";
import { snippetsFor } from "./snippets.ts";
import "../../parts/choices.css";
import "./usage-panel.css";

export function UsagePanel({ detail }: { readonly detail: VersionDetail }): JSX.Element {
  const { artifact, version, aliases } = detail;
  const pinned = formatVersion(version.number);
  const chosen = useSignal(pinned);
  const selectors = [pinned, ...aliases];
  // An alias may move away while it is shown.
  const selector = selectors.find((known) => known === chosen.value) ?? pinned;
  return (
    <div class="usage">
      <div class="usage-choice">
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
        <p class="muted">
          {selector === pinned
            ? "Always exactly this version."
            : "Whichever version holds the alias at that moment."}
        </p>
      </div>
      {snippetsFor({ project: artifact.project, name: artifact.name, selector }).map(
        ({ id, title, code }) => (
          <section key={id} class="card snippet" aria-label={title}>
            <header>
              <h2>{title}</h2>
              <CopyButton text={code}>
                Copy<span class="visually-hidden"> {title}</span>
              </CopyButton>
            </header>
            <pre tabIndex={0}>{code}</pre>
          </section>
        ),
      )}
    </div>
  );
}
