// How many bytes came and went: `+1.2 MB −300 kB`.
import type { JSX } from "preact";
import { formatBytes } from "../../parts/format.ts";
import type { ByteChange as Bytes } from "../../state/compare-state.ts";
import "./mark.css";

export function ByteChange({ up, down }: Bytes): JSX.Element {
  return (
    <span class="byte-change">
      {up > 0 && <span class="is-up">+{formatBytes(up)}</span>}
      {up > 0 && down > 0 && " "}
      {down > 0 && <span class="is-down">−{formatBytes(down)}</span>}
      {up === 0 && down === 0 && <span class="muted">±0</span>}
    </span>
  );
}
