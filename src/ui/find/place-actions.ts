// What the search offers to do: everywhere, and at the place in view.
import {
  CircleUserRound,
  FilePlus2,
  FileSearch,
  FolderPlus,
  FolderSearch,
  GitCompareArrows,
  House,
  Library,
  LibraryBig,
  Link,
  Monitor,
  Moon,
  PackagePlus,
  ShieldCheck,
  Sun,
  Trash2,
  Undo2,
  type IconNode,
} from "lucide";
import type { IngestState } from "../ingest/ingest-state.ts";
import { compareHash, formatRoute } from "../router.ts";
import { attempt } from "../state/actions.ts";
import type { AppState } from "../state/app-state.ts";
import { isCreatingRegistry } from "../state/creating-registry.ts";
import { unlessReadOnly } from "../state/read-only.ts";
import { chooseTheme, theme, type Theme } from "../theme.ts";
import type { FindAction } from "./actions.ts";
import { syncActions } from "./sync-actions.ts";
import { go } from "./go.ts";
import { viewActions } from "./view-actions.ts";
import { specOf } from "../../core/version.ts";

/** The actions of a place; those of the screens come on top, see {@link useFindActions}. */
export function placeActions(app: AppState, ingest: IngestState): readonly FindAction[] {
  const route = app.route.value;
  return [
    ...viewActions(app, route),
    ...unlessReadOnly(addActions(ingest)),
    {
      label: "Identify files…",
      icon: FileSearch,
      words: "which version digest hash what is this file",
      run: () => app.find.chooseToIdentify("files"),
    },
    {
      label: "Identify a folder…",
      icon: FolderSearch,
      words: "which version digest hash",
      run: () => app.find.chooseToIdentify("folder"),
    },
    {
      label: "Compare two versions…",
      icon: GitCompareArrows,
      words: "diff changes",
      run: () =>
        app.find.pickVersion("Compare which version?", (before) =>
          app.find.pickVersion(`Compare ${specOf(before)} with…`, (after) =>
            go(compareHash(specOf(before), specOf(after))),
          ),
        ),
    },
    {
      label: "Registries",
      icon: Library,
      words: "catalogue collections links protected aliases",
      run: () => go(formatRoute({ kind: "registries", query: "" })),
    },
    { label: "All projects", icon: House, words: "home start", run: () => go("#/") },
    {
      label: "Storage & safety",
      icon: ShieldCheck,
      words: "verify check disk space quota events log",
      run: () => go(formatRoute({ kind: "care", subject: "" })),
    },
    ...unlessReadOnly(ownActions(app)),
    {
      label: "Copy link to this page",
      icon: Link,
      words: "address url share",
      run: () =>
        void attempt(app.toasts, async () => {
          await navigator.clipboard.writeText(location.href);
          app.toasts.show({ text: "Link copied." });
        }),
    },
    ...themeActions(),
  ];
}

function addActions(ingest: IngestState): readonly FindAction[] {
  return [
    {
      label: "Add files…",
      icon: FilePlus2,
      words: "drop choose upload log new version artifact",
      run: () => ingest.chooseFiles(),
    },
    {
      label: "Add a folder…",
      icon: FolderPlus,
      words: "drop choose upload log new version artifact",
      run: () => ingest.chooseFolder(),
    },
  ];
}

/** What is done with one's own data. */
function ownActions(app: AppState): readonly FindAction[] {
  return [
    {
      label: "Create a registry…",
      icon: LibraryBig,
      words: "new catalogue",
      run: () => {
        isCreatingRegistry.value = true;
        go(formatRoute({ kind: "registries", query: "" }));
      },
    },
    ...syncActions(app),
    {
      label: "Profile",
      icon: CircleUserRound,
      words: "who am i name key card people",
      run: () => go(formatRoute({ kind: "profile", add: "" })),
    },
    {
      label: "Trash",
      icon: Trash2,
      words: "deleted restore empty bin",
      run: () => go(formatRoute({ kind: "trash" })),
    },
    {
      label: "Add the sample project",
      icon: PackagePlus,
      words: "example demo try",
      run: () =>
        void attempt(app.toasts, async () => {
          const { addSampleProject } = await import("../sample/sample-actions.ts");
          await addSampleProject(app);
        }),
    },
    {
      label: "Undo the last action",
      icon: Undo2,
      words: "take back revert",
      run: () => void app.undo.undoLast(),
    },
  ];
}

const LOOKS: readonly { readonly name: Theme; readonly label: string; readonly icon: IconNode }[] =
  [
    { name: "light", label: "Light theme", icon: Sun },
    { name: "dark", label: "Dark theme", icon: Moon },
    { name: "system", label: "Theme of the system", icon: Monitor },
  ];

function themeActions(): readonly FindAction[] {
  return LOOKS.filter(({ name }) => name !== theme.value).map(({ name, label, icon }) => ({
    label,
    icon,
    words: "colours appearance mode",
    run: () => chooseTheme(name),
  }));
}
