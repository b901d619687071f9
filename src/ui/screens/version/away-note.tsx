// Files of the version whose bytes are elsewhere: how many, where, and all of them at once.
import type { JSX } from "preact";
import { CloudDownload, HardDriveDownload } from "lucide";
import type { Manifest } from "../../../core/manifest.ts";
import type { VersionRef } from "../../../core/records.ts";
import { Button } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import type { AppState } from "../../state/app-state.ts";
import { bytesJobOf } from "../../state/bytes-job.ts";
import { describeAway, type Away } from "../../state/copies-state.ts";
import "./away-note.css";

interface AwayNoteProps {
  readonly app: AppState;
  readonly version: VersionRef;
  readonly manifest: Manifest;
  readonly away: Away;
}

export function AwayNote({ app, version, manifest, away }: AwayNoteProps): JSX.Element {
  const job = bytesJobOf(app);
  return (
    <div class="away-note">
      <Icon icon={CloudDownload} />
      <p>{describeAway(away, manifest.paths.length)}</p>
      {away.lost < away.files && (
        <Button
          small
          icon={HardDriveDownload}
          disabled={job.running.value !== null}
          onClick={() => void job.fetch({ kind: "version", version })}
        >
          Bring all here
        </Button>
      )}
    </div>
  );
}
