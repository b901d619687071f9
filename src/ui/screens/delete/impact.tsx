// What a delete touches, fact by fact [D2].
import type { JSX } from "preact";
import { showHidden } from "../../../core/errors.ts";
import type { VersionRef } from "../../../core/records.ts";
import { formatVersion } from "../../../core/version.ts";
import type { Some } from "../../../protocol/browse-api.ts";
import type { DeleteImpact } from "../../../protocol/trash-api.ts";
import { Fact } from "../../parts/fact.tsx";
import { formatBytes, formatCount } from "../../parts/format.ts";

/** Named before "and n more". */
const NAMED = 5;

interface ImpactProps {
  readonly impact: DeleteImpact;
  readonly isProject: boolean;
}

export function Impact({ impact, isProject }: ImpactProps): JSX.Element {
  const { versions, sizeBytes, latestMoves, consumers, derived, freedBytes } = impact;
  return (
    <>
      <dl class="impact">
        <Fact name="Goes to the trash">
          {formatCount(versions, "version")}, {formatBytes(sizeBytes)}
          {isProject && ", with the project's runs"}
        </Fact>
        <Fact name="Freed when the trash is emptied">
          <strong>{formatBytes(freedBytes)}</strong>
          {freedBytes < sizeBytes && (
            <span class="muted"> · equal files count once, and what others use stays</span>
          )}
        </Fact>
        {latestMoves.map(({ name, from, to }) => (
          <Fact key={name} name="latest moves">
            {isProject && `${showHidden(name)}: `}
            {formatVersion(from)} → {formatVersion(to)}
          </Fact>
        ))}
        {consumers.count > 0 && (
          <Fact name="Used by">{namesOf(consumers, (run) => showHidden(run))}</Fact>
        )}
        {derived.count > 0 && <Fact name="Source of">{namesOf(derived, specOf)}</Fact>}
      </dl>
      <p class="muted">
        Until the trash is emptied it can be restored. Numbers are never given out again
        {consumers.count + derived.count > 0 ? ", and lineage keeps the names." : "."}
      </p>
    </>
  );
}

function namesOf<T>({ items, count }: Some<T>, nameOf: (item: T) => string): string {
  const named = items.slice(0, NAMED).map(nameOf).join(", ");
  const more = count - Math.min(items.length, NAMED);
  return more > 0 ? `${named} and ${more.toLocaleString("en")} more` : named;
}

function specOf({ project, name, number }: VersionRef): string {
  return `${showHidden(project)}/${showHidden(name)}:${formatVersion(number)}`;
}
