// The dry run of a keep rule: what would go, and what is spared [D4].
import type { JSX } from "preact";
import type { KeepPlan } from "../../../core/keep.ts";
import { describeError } from "../../../core/errors.ts";
import { formatVersion, type VersionNumber } from "../../../core/version.ts";
import { formatCount } from "../../parts/format.ts";
import type { Resource } from "../../state/resource.ts";
import { SPARED } from "./keep-text.ts";

/** Named before "and n more". */
const NAMED = 40;

interface KeepPreviewProps {
  readonly plan: Resource<KeepPlan>;
  /** Versions of the artifact. */
  readonly total: number;
}

export function KeepPreview({ plan, total }: KeepPreviewProps): JSX.Element {
  if (plan.phase === "loading") return <p class="muted">Trying it out…</p>;
  if (plan.phase === "failed") return <p class="is-problem">{describeError(plan.problem)}</p>;
  const { goes, spared } = plan.value;
  return (
    <>
      <p>
        {goes.length === 0 ? (
          <strong>Nothing would go now.</strong>
        ) : (
          <>
            <strong>
              {goes.length.toLocaleString("en")} of {formatCount(total, "version")} would go now:
            </strong>{" "}
            {listed(goes)}
          </>
        )}
      </p>
      {spared.length > 0 && (
        <ul>
          {spared.slice(0, NAMED).map(({ number, because }) => (
            <li key={number}>
              {formatVersion(number)} <span class="muted">stays: {SPARED[because]}</span>
            </li>
          ))}
          {spared.length > NAMED && (
            <li class="muted">and {(spared.length - NAMED).toLocaleString("en")} more stay</li>
          )}
        </ul>
      )}
    </>
  );
}

function listed(numbers: readonly VersionNumber[]): string {
  const named = numbers.slice(0, NAMED).map(formatVersion).join(", ");
  const more = numbers.length - NAMED;
  return more > 0 ? `${named} and ${more.toLocaleString("en")} more` : named;
}
