// What was found as a row: what it is called, where it is and where it leads.
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
import type { Digest } from "../../core/digest.ts";
import type { VersionRef } from "../../core/records.ts";
import type { Wanted } from "../../core/search-match.ts";
import { formatVersion } from "../../core/version.ts";
import type { CollectionHit } from "../../protocol/browse-api.ts";
import type { FindHit } from "../../protocol/find-api.ts";
import { parseRoute } from "../parse-route.ts";
import { collectionHash, projectHash, registryHash, runsHash, versionHash } from "../router.ts";
import type { FindAction } from "./actions.ts";
import { marked, named, selectorOf, shortened, type Marked } from "./marks.ts";

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

export function rowOf(hit: FindHit, wanted: Wanted): Row {
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
        hash: versionHash(project, name, version, { file: path }),
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

export function rowOfPlace(hash: string): Row | null {
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

export function rowOfAction(action: FindAction, wanted: Wanted | null): Row {
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
