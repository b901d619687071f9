// What the search shows: rows in groups, the best group first.
import {
  Box,
  FileText,
  Folder,
  GitCompareArrows,
  Hash,
  Play,
  Tag,
  Layers,
  Library,
  SquareLibrary,
  type IconNode,
} from "lucide";
import { shortDigest, type Digest } from "../../core/digest.ts";
import type { VersionRef } from "../../core/records.ts";
import { FIND_KINDS, type FindKind } from "../../core/search-kinds.ts";
import {
  FIT,
  fitOf,
  foldLetters,
  stretchesOf,
  wantedOf,
  type Stretch,
  type Wanted,
} from "../../core/search-match.ts";
import { formatVersion } from "../../core/version.ts";
import type { CollectionHit } from "../../protocol/browse-api.ts";
import type { FindGroup, FindHit } from "../../protocol/find-api.ts";
import {
  collectionHash,
  formatRoute,
  parseRoute,
  projectHash,
  registryHash,
  runsHash,
  versionHash,
  type VersionRoute,
} from "../router.ts";
import type { FindAction } from "./actions.ts";
import { rowOfSpec } from "./spec-row.ts";

/** A text, and which letters of it fit what is typed. */
export interface Marked {
  readonly text: string;
  readonly stretches: readonly Stretch[];
}

export interface Row {
  /** The same for the same thing, whatever is typed. */
  readonly id: string;
  readonly icon: IconNode;
  readonly label: Marked;
  /** The alias, tag or digest it was found by. */
  readonly by: (Marked & { readonly kind: "alias" | "tag" | "digest" }) | null;
  /** Where it is, or what it is about. */
  readonly detail: string;
  /** Where it leads; actions lead nowhere. */
  readonly hash: string | null;
  readonly version: VersionRef | null;
  readonly run: (() => void) | null;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly Row[];
  readonly hasMore: boolean;
}

const TITLES: Readonly<Record<FindKind, string>> = {
  project: "Projects",
  artifact: "Artifacts",
  version: "Versions",
  registry: "Registries",
  collection: "Collections",
  file: "Files",
  run: "Runs",
};
/** Actions shown beside other finds. */
const MOST_ACTIONS = 6;

/** The groups for what is typed. */
export function sectionsOf(
  text: string,
  groups: readonly FindGroup[],
  actions: readonly FindAction[],
): readonly Section[] {
  const wanted = wantedOf(text);
  if (wanted === null) return [];
  const found = groups.map((group) => ({
    section: sectionOf(group, wanted),
    fit: Math.min(...group.hits.map(({ fit }) => fit)),
    order: FIND_KINDS.indexOf(group.kind),
  }));
  const fitting = actionsThatFit(actions, wanted);
  if (fitting !== null)
    found.push({
      section: fitting.section,
      fit: fitting.fit,
      // Among equals things go before what can be done.
      order: FIND_KINDS.length,
    });
  const sections = found
    .toSorted((a, b) => a.fit - b.fit || a.order - b.order)
    .map(({ section }) => section);
  const place = rowOfSpec(text);
  if (place === null) return sections;
  return [{ id: "spec", title: "By its spec", rows: [place], hasMore: false }, ...sections];
}

/** What is shown before anything is typed: where the person was, and what can be done here. */
export function startSections(
  recent: readonly string[],
  actions: readonly FindAction[],
): readonly Section[] {
  const places = recent.map(rowOfPlace).filter((row) => row !== null);
  const sections = [
    { id: "recent", title: "Recent", rows: places, hasMore: false },
    {
      id: "action",
      title: "Actions",
      rows: actions.map((one) => rowOfAction(one, null)),
      hasMore: false,
    },
  ];
  return sections.filter(({ rows }) => rows.length > 0);
}

function sectionOf({ kind, hits, hasMore }: FindGroup, wanted: Wanted): Section {
  return { id: kind, title: TITLES[kind], rows: hits.map((hit) => rowOf(hit, wanted)), hasMore };
}

function rowOf(hit: FindHit, wanted: Wanted): Row {
  const none = { by: null, version: null, run: null };
  switch (hit.kind) {
    case "project":
      return {
        ...none,
        id: `project ${hit.project}`,
        icon: Folder,
        label: marked(hit.project, 0, wanted),
        detail: "",
        hash: projectHash(hit.project),
      };
    case "artifact": {
      const { project, name, tag } = hit;
      return {
        ...none,
        id: `artifact ${project}/${name}`,
        icon: Box,
        label: named(project, name, wanted),
        by: tag === null ? null : { kind: "tag", ...marked(tag, 0, wanted) },
        detail: "",
        hash: versionHash(project, name, "latest"),
      };
    }
    case "version": {
      const { project, name, number, by, text } = hit;
      const version = formatVersion(number);
      return {
        ...none,
        id: `version ${project}/${name}:${version}`,
        icon: by === "digest" ? Hash : by === "tag" ? Tag : Layers,
        label: named(project, `${name}:${version}`, wanted),
        by:
          by === "number"
            ? null
            : by === "digest"
              ? { kind: by, ...shortened(text as Digest, wanted) }
              : { kind: by, ...marked(text, 0, selectorOf(wanted)) },
        detail: "",
        hash: versionHash(project, name, version),
        version: { project, name, number },
      };
    }
    case "file": {
      const { project, name, number, path, by, digest } = hit;
      const version = formatVersion(number);
      return {
        ...none,
        id: `file ${project}/${name}:${version}/${path}`,
        icon: by === "digest" ? Hash : FileText,
        label: marked(path, path.lastIndexOf("/") + 1, wanted),
        by: by === "digest" && digest !== null ? { kind: by, ...shortened(digest, wanted) } : null,
        detail: `${project}/${name}:${version}`,
        hash: fileHash(project, name, version, path),
        version: { project, name, number },
      };
    }
    case "run":
      return {
        ...none,
        id: `run ${hit.uid}`,
        icon: Play,
        label: marked(hit.name, 0, wanted),
        detail: hit.project,
        hash: runsHash(hit.project, hit.name),
      };
    case "registry":
      return {
        ...none,
        id: `registry ${hit.registry}`,
        icon: Library,
        label: marked(hit.registry, 0, wanted),
        detail: "",
        hash: registryHash(hit.registry),
      };
    case "collection":
      return rowOfCollection(hit, wanted);
  }
}

/** A collection; by an alias, the version of it that holds that. */
function rowOfCollection(hit: CollectionHit, wanted: Wanted): Row {
  const { registry, collection, by, text, number } = hit;
  const version = number === null ? null : formatVersion(number);
  const name = version === null ? collection : `${collection}:${version}`;
  return {
    id: `collection ${registry}/${name}`,
    icon: by === "tag" ? Tag : SquareLibrary,
    label: named(registry, name, wanted),
    by: by === "name" ? null : { kind: by, ...marked(text, 0, selectorOf(wanted)) },
    detail: "",
    hash: collectionHash(registry, collection, version ?? ""),
    version: null,
    run: null,
  };
}

function rowOfPlace(hash: string): Row | null {
  const route = parseRoute(hash);
  const none = { by: null, version: null, run: null, id: `place ${hash}`, hash };
  const plain = (text: string): Marked => ({ text, stretches: [] });
  switch (route.kind) {
    case "project":
      return { ...none, icon: Folder, label: plain(route.project), detail: "Project" };
    case "version": {
      const { project, name, selector } = route;
      const text = selector === "latest" ? `${project}/${name}` : `${project}/${name}:${selector}`;
      const detail = selector === "latest" ? "Artifact" : "Version";
      return { ...none, icon: selector === "latest" ? Box : Layers, label: plain(text), detail };
    }
    case "compare":
      return {
        ...none,
        icon: GitCompareArrows,
        label: plain(`${route.before} → ${route.after}`),
        detail: "Comparison",
      };
    case "registry":
      return { ...none, icon: Library, label: plain(route.registry), detail: "Registry" };
    case "collection": {
      const { registry, collection, selector } = route;
      const text = `${registry}/${collection}${selector === "" ? "" : `:${selector}`}`;
      return { ...none, icon: SquareLibrary, label: plain(text), detail: "Collection" };
    }
    default:
      return null;
  }
}

function rowOfAction(action: FindAction, wanted: Wanted | null): Row {
  const { label, icon, run, detail = "" } = action;
  return {
    id: `action ${label}`,
    icon,
    label: wanted === null ? { text: label, stretches: [] } : marked(label, 0, wanted),
    by: null,
    detail,
    hash: null,
    version: null,
    run,
  };
}

function actionsThatFit(
  actions: readonly FindAction[],
  wanted: Wanted,
): { readonly section: Section; readonly fit: number } | null {
  const fitting = actions.flatMap((action) => {
    const own = fitOf(foldLetters(action.label), wanted);
    const other = fitOf(foldLetters(`${action.label} ${action.words ?? ""}`), wanted);
    // Letters here and there in a sentence are chance.
    if (other === null || other === FIT.scattered) return [];
    return [{ action, fit: own ?? Math.max(other, FIT.word) }];
  });
  const best = fitting.toSorted((a, b) => a.fit - b.fit).slice(0, MOST_ACTIONS);
  const [first] = best;
  if (first === undefined) return null;
  const rows = best.map(({ action }) => rowOfAction(action, wanted));
  const hasMore = fitting.length > best.length;
  return { section: { id: "action", title: "Actions", rows, hasMore }, fit: first.fit };
}

/** `project/name`, the letters of the name marked rather than those of the project. */
function named(project: string, name: string, wanted: Wanted): Marked {
  return marked(`${project}/${name}`, project.length + 1, wanted);
}

/** Marks what fits from a place on, or where nothing does, anywhere. */
function marked(text: string, from: number, wanted: Wanted): Marked {
  const behind = stretchesOf(text.slice(from), wanted).map((stretch) => ({
    from: stretch.from + from,
    to: stretch.to + from,
  }));
  return { text, stretches: behind.length > 0 ? behind : stretchesOf(text, wanted) };
}

/** What stands behind a colon: an alias is found by that part. */
function selectorOf(wanted: Wanted): Wanted {
  const colon = wanted.text.lastIndexOf(":");
  return colon < 0 ? wanted : (wantedOf(wanted.text.slice(colon + 1)) ?? wanted);
}

/** A digest's beginning, of which as much is marked as was typed. */
function shortened(digest: Digest, { text }: Wanted): Marked {
  const typed = text.slice(text.lastIndexOf(":") + 1).length;
  const short = shortDigest(digest);
  return { text: short, stretches: [{ from: 0, to: Math.min(typed, short.length) }] };
}

function fileHash(project: string, name: string, version: string, path: string): string {
  const route = parseRoute(versionHash(project, name, version)) as VersionRoute;
  return formatRoute({ ...route, file: path });
}
