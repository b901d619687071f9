// A page that can't be shown, and the way out.
import type { JSX } from "preact";
import { CircleQuestionMark, Trash2 } from "lucide";
import { describeError, showHidden, type Problem } from "../../core/errors.ts";
import { Button } from "./button.tsx";
import { EmptyState } from "./empty-state.tsx";
import { ErrorNote } from "./error-note.tsx";
import { formatRoute } from "../router.ts";

export function LoadFailure({ problem }: { readonly problem: Problem }): JSX.Element {
  if (problem.code === "in_trash")
    return (
      <EmptyState icon={Trash2} title={describeError(problem)} isPage>
        <Button variant="primary" onClick={() => (location.hash = formatRoute({ kind: "trash" }))}>
          Open the trash
        </Button>
      </EmptyState>
    );
  if (problem.code === "no_registry")
    return (
      <EmptyState
        icon={CircleQuestionMark}
        title={`There is no registry “${showHidden(problem.data.registry)}” here`}
        isPage
      >
        <p>It may be in another browser. An admin can send its file, to be brought in here.</p>
        <Button
          variant="primary"
          onClick={() => (location.hash = formatRoute({ kind: "registries", query: "" }))}
        >
          All registries
        </Button>
      </EmptyState>
    );
  if (problem.code !== "not_found" && problem.code !== "invalid_spec")
    return (
      <ErrorNote problem={problem}>
        <Button onClick={() => location.reload()}>Reload</Button>
      </ErrorNote>
    );
  return (
    <EmptyState icon={CircleQuestionMark} title={describeError(problem)} isPage>
      <p>It may have been made in another browser, or under another name.</p>
      <Button variant="primary" onClick={() => (location.hash = "#/")}>
        All projects
      </Button>
    </EmptyState>
  );
}
