// What is kept here, how much room the browser gives, and whether it promised to keep it.
import type { JSX } from "preact";
import { ShieldCheck, ShieldQuestionMark } from "lucide";
import type { StorageReport } from "../../protocol/browse-api.ts";
import { Button } from "../parts/button.tsx";
import { formatBytes } from "../parts/format.ts";
import { Icon } from "../parts/icon.tsx";
import type { AppState } from "../state/app-state.ts";
import "./storage-meter.css";

interface StorageMeterProps {
  readonly app: AppState;
  readonly report: StorageReport;
}

export function StorageMeter({ app, report }: StorageMeterProps): JSX.Element {
  const state = app.storage.value;
  const used = state?.usageBytes ?? report.storedBytes;
  const quota = state?.quotaBytes ?? null;
  const saved = report.logicalBytes - report.storedBytes;
  const isAllHere = app.sync.remotes.value.length === 0;
  return (
    <section class="card storage-meter" aria-labelledby="storage-title">
      <h2 id="storage-title">Storage</h2>
      <p class="storage-used">
        <strong>{formatBytes(used)}</strong>
        {quota !== null && <span class="muted"> of {formatBytes(quota)} this browser gives</span>}
      </p>
      {quota !== null && (
        <div class="storage-bar" aria-hidden="true">
          <div style={{ transform: `scaleX(${Math.min(1, used / quota)})` }} />
        </div>
      )}
      {saved > 0 && (
        <p class="muted">
          {formatBytes(report.logicalBytes)} in all versions;{" "}
          {isAllHere
            ? `equal files are kept once, which saves ${formatBytes(saved)}.`
            : "equal files are kept once, and some may lie in a repository only."}
        </p>
      )}
      {state?.persisted === true && (
        <p class="storage-promise">
          <Icon icon={ShieldCheck} /> The browser promised to keep this data.
        </p>
      )}
      {state?.persisted === false && (
        <>
          <p class="storage-promise">
            <Icon icon={ShieldQuestionMark} /> The browser may delete this data when the disk runs
            full.
          </p>
          <Button small onClick={() => void app.askToPersist()}>
            Ask it to keep the data
          </Button>
        </>
      )}
    </section>
  );
}
