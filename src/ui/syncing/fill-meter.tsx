// How much of a repository's room is used, where it has a limit.
import type { JSX } from "preact";
import type { RemoteView } from "../../protocol/sync-api.ts";
import { formatBytes } from "../parts/format.ts";
import { fillOf } from "../state/sync-text.ts";
import "./fill-meter.css";

type Room = Pick<RemoteView, "usedBytes" | "limitBytes">;

export function FillMeter({ remote }: { readonly remote: Room }): JSX.Element | null {
  const { usedBytes, limitBytes } = remote;
  if (limitBytes === null)
    return usedBytes === 0 ? null : (
      <p class="fill-text muted number">{formatBytes(usedBytes)} there</p>
    );
  const fill = fillOf(remote);
  return (
    <div class={`fill is-${fill}`}>
      <div
        class="fill-bar"
        role="meter"
        aria-label="Space used there"
        aria-valuemin={0}
        aria-valuemax={limitBytes}
        aria-valuenow={Math.min(usedBytes, limitBytes)}
        aria-valuetext={`${formatBytes(usedBytes)} of ${formatBytes(limitBytes)}`}
      >
        <div style={{ transform: `scaleX(${Math.min(1, usedBytes / limitBytes)})` }} />
      </div>
      <p class="fill-text muted number">
        {formatBytes(usedBytes)} of {formatBytes(limitBytes)} used there
        {fill === "near" && ". A dataset has no such limit."}
        {fill === "full" && ". It is full; a dataset has no such limit."}
      </p>
    </div>
  );
}
