// Linking versions of a page: the dialog, its key, and the shelf that a dragged version is dropped on.
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { VersionRef } from "../../../core/records.ts";
import type { VersionNumber } from "../../../core/version.ts";
import { lazy } from "../../parts/lazy.tsx";
import type { AppState } from "../../state/app-state.ts";
import type { VersionDrag } from "../../state/version-drag.ts";
import { listenForLink } from "./link-key.ts";

const LinkDialog = lazy(() => import("./link-dialog.tsx").then((module) => module.LinkDialog));
const LinkShelf = lazy(() => import("./link-shelf.tsx").then((module) => module.LinkShelf));

interface LinkLayerProps {
  readonly app: AppState;
  /** The one the page is about. */
  readonly version: VersionRef;
  /** The artifact's type. */
  readonly type: string;
  readonly drag: VersionDrag;
  /** The version the dialog is open for. */
  readonly linking: VersionNumber | null;
  readonly onLink: (number: VersionNumber | null) => void;
}

export function LinkLayer(props: LinkLayerProps): JSX.Element {
  const { app, version, type, drag, linking, onLink } = props;
  const { number } = version;
  useEffect(() => listenForLink(() => onLink(number)), [number, onLink]);
  const held = drag.held.value;
  return (
    <>
      {held !== null && (
        <LinkShelf app={app} version={{ ...version, number: held }} type={type} drag={drag} />
      )}
      {linking !== null && (
        <LinkDialog
          key={linking}
          app={app}
          version={{ ...version, number: linking }}
          type={type}
          onClose={() => onLink(null)}
        />
      )}
    </>
  );
}
