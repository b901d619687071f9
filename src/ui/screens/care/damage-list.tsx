// Damaged bytes: what they were, whom they hurt, and how to heal them.
import type { JSX } from "preact";
import { showHidden } from "../../../core/errors.ts";
import { shortDigest, type Digest } from "../../../core/digest.ts";
import { formatVersion } from "../../../core/version.ts";
import type { Damage } from "../../../protocol/care-api.ts";
import { formatBytes } from "../../parts/format.ts";
import { versionHash } from "../../router.ts";
import "./damage-list.css";

/** Shown before "and n more". */
const BLOBS = 30;
const VERSIONS = 10;

const WRONG: Readonly<Record<Damage["problem"]["code"], string>> = {
  digest_mismatch: "no longer match their digest and are set aside",
  blob_missing: "are missing",
  storage_failed: "can't be read",
};

export function DamageList({ damage }: { readonly damage: readonly Damage[] }): JSX.Element {
  return (
    <div class="damage">
      <ul>
        {damage.slice(0, BLOBS).map(({ digest, sizeBytes, problem, hurts }) => (
          <li key={digest}>
            <p>
              <code title={digest}>{shortDigest(digest as Digest)}</code>: {formatBytes(sizeBytes)}{" "}
              that {WRONG[problem.code]}.
            </p>
            <ul class="damage-hurts">
              {hurts.slice(0, VERSIONS).map(({ project, name, number, path }) => (
                <li key={`${project}/${name}:${number}`}>
                  <a href={versionHash(project, name, formatVersion(number))}>
                    {showHidden(`${project}/${name}:${formatVersion(number)}`)}
                  </a>{" "}
                  <span class="muted">{showHidden(path)}</span>
                </li>
              ))}
              {hurts.length > VERSIONS && (
                <li class="muted">and {hurts.length - VERSIONS} more versions</li>
              )}
              {hurts.length === 0 && <li class="muted">No version needs them.</li>}
            </ul>
          </li>
        ))}
        {damage.length > BLOBS && <li class="muted">and {damage.length - BLOBS} more</li>}
      </ul>
      <p class="damage-heal">
        <strong>To heal:</strong> drop the same files here again and commit them, under any name.
        Cairn knows them by their content and mends every version that needs them.
      </p>
    </div>
  );
}
