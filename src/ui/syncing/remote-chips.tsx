// What sort of repository a remote is, where it isn't the usual hub's, and what else is special of it.
import type { JSX } from "preact";
import { showHidden } from "../../core/errors.ts";
import { HUB_URL } from "../../core/sync/remote.ts";
import type { RemoteView } from "../../protocol/sync-api.ts";
import { Chip } from "../parts/chip.tsx";
import { hubName } from "../state/sync-target.ts";
import { KIND_NAMES, lacksSignIn } from "../state/sync-text.ts";

export function RemoteChips({ remote }: { readonly remote: RemoteView }): JSX.Element {
  const { type, hubUrl, pullOnly, isSignedIn } = remote;
  return (
    <span class="chips">
      <Chip>{KIND_NAMES[type]}</Chip>
      {hubUrl !== HUB_URL && <Chip>{showHidden(hubName(hubUrl))}</Chip>}
      {pullOnly && <Chip>only brings in</Chip>}
      {!isSignedIn && !pullOnly && !lacksSignIn(remote) && <Chip>not signed in</Chip>}
    </span>
  );
}
