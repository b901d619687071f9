// A problem with a registry, and the way out as a button.
import type { JSX } from "preact";
import type { Problem } from "../../core/errors.ts";
import { formatRoute } from "../router.ts";
import { ErrorNote } from "./error-note.tsx";
import "./button.css";

export function RegistryProblem({ problem }: { readonly problem: Problem }): JSX.Element {
  const wayOut = wayOutOf(problem);
  if (wayOut === null) return <ErrorNote problem={problem} />;
  return (
    <ErrorNote problem={problem}>
      <a class="button is-plain is-small" href={wayOut.hash}>
        {wayOut.text}
      </a>
    </ErrorNote>
  );
}

function wayOutOf({ code }: Problem): { readonly text: string; readonly hash: string } | null {
  switch (code) {
    case "no_profile":
      return { text: "Open your profile", hash: formatRoute({ kind: "profile", add: "" }) };
    case "no_registry":
      return { text: "All registries", hash: formatRoute({ kind: "registries", query: "" }) };
    default:
      return null;
  }
}
