// Who syncs with a repository, the last one first.
import type { JSX } from "preact";
import { MonitorSmartphone } from "lucide";
import { showHidden } from "../../../../core/errors.ts";
import type { RemoteDetail } from "../../../../protocol/sync-api.ts";
import { Chip } from "../../../parts/chip.tsx";
import { formatAgo, formatCount, formatTime } from "../../../parts/format.ts";
import { Icon } from "../../../parts/icon.tsx";

/** More than a person reads through. */
const SHOWN = 50;

export function Devices({ devices }: Pick<RemoteDetail, "devices">): JSX.Element {
  return (
    <section class="card remote-section" aria-labelledby="remote-devices">
      <header>
        <Icon icon={MonitorSmartphone} />
        <h2 id="remote-devices">Devices</h2>
        <span class="muted number">{devices.length.toLocaleString("en")}</span>
      </header>
      {devices.length === 0 && <p class="muted">None has synced yet.</p>}
      <ul class="device-list">
        {devices.slice(0, SHOWN).map(({ name, isThis, rounds, lastAt }, i) => (
          // Two devices may have one name.
          <li key={`${i} ${name}`}>
            <span>
              {showHidden(name)} {isThis && <Chip>this browser</Chip>}
            </span>
            <span class="muted number">
              {formatCount(rounds, "round")} ·{" "}
              <time dateTime={lastAt} title={formatTime(lastAt)}>
                {formatAgo(lastAt)}
              </time>
            </span>
          </li>
        ))}
      </ul>
      {devices.length > SHOWN && (
        <p class="muted">and {formatCount(devices.length - SHOWN, "other")}</p>
      )}
    </section>
  );
}
