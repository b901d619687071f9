// A registry or collection that was not there at the time it is looked at.
import type { JSX } from "preact";
import { CircleQuestionMark } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { EmptyState } from "../../parts/empty-state.tsx";

export function NotThen({ name }: { readonly name: string }): JSX.Element {
  return (
    <EmptyState icon={CircleQuestionMark} title={`${showHidden(name)} was not there then`} isPage>
      <p>It was made later. Choose another time, or go back to now.</p>
    </EmptyState>
  );
}
