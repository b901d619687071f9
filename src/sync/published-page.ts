// Texts of a published Space: its page that names the repository, its card, its list of the app's files.
import { CairnError } from "../core/errors.ts";
import type { RemoteTarget } from "../core/sync/remote.ts";
import { formatView, HOME_META, VIEW_META } from "../core/sync/view.ts";

export const PAGE_PATH = "index.html";
export const CARD_PATH = "README.md";
export const SERVICE_WORKER_PATH = "sw.js";
/** Which files a publish wrote, so that the next one takes away those that are gone. */
export const APP_LIST_PATH = "cairn-app.json";

/** Tells a card of ours from one that somebody wrote. */
const CARD_MARK =
  "<!-- Written by Cairn, which writes it anew with each publish. Delete this line to keep your own words. -->";

/** What a published page says of itself. */
export interface PageFacts {
  readonly shown: RemoteTarget;
  readonly title: string;
  /** Where visitors get Cairn itself; `null` for nowhere. */
  readonly home: string | null;
}

/** The page of the app, showing only the repository. Throws `internal` for a page without a head. */
export function pageThatShows(html: string, { shown, title, home }: PageFacts): string {
  if (!html.includes("</head>"))
    throw new CairnError("internal", { reason: `the app's ${PAGE_PATH} has no head` });
  const metas = [
    metaOf(VIEW_META, formatView(shown)),
    ...(home === null ? [] : [metaOf(HOME_META, home)]),
  ];
  return html
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escapeHtml(title)}</title>`)
    .replace("</head>", () => `  ${metas.join("\n    ")}\n  </head>`);
}

/** The build's version, as its page and its service worker name it; `null` for none. */
export function buildOf(html: string): string | null {
  return /<meta name="build" content="([\w-]+)"/.exec(html)?.[1] ?? null;
}

/** The Space's card, to be written where there is none, or one of ours. */
export function cardOf(shown: RemoteTarget, title: string): string {
  const folder = shown.type === "model" ? "" : `${shown.type}s/`;
  return `---
title: ${JSON.stringify(title)}
emoji: 🪨
colorFrom: gray
colorTo: yellow
sdk: static
app_file: ${PAGE_PATH}
pinned: false
---

${CARD_MARK}

This Space shows the artifacts in [${shown.repo}](${shown.hubUrl}/${folder}${shown.repo}) with Cairn: versions, files, previews, lineage, metrics. It reads and changes nothing, and nobody needs to sign in.
`;
}

export function isOurCard(text: string): boolean {
  return text.includes(CARD_MARK);
}

/** The kind of Space that a card asks for; `null` where it doesn't say. */
export function sdkOf(card: string): string | null {
  const [, front = ""] = /^---\r?\n([\s\S]*?)\r?\n---/.exec(card) ?? [];
  return /^sdk:\s*["']?([\w-]+)/m.exec(front)?.[1] ?? null;
}

/** The list of the app's files as a text. */
export function formatAppList(paths: readonly string[]): string {
  return `${JSON.stringify({ files: paths.toSorted() }, null, 1)}\n`;
}

/**
 * The files a former publish wrote, of which none lies where data is: the text comes from the
 * repository, and what it names will be deleted.
 */
export function readAppList(text: string | null): readonly string[] {
  let value: unknown;
  try {
    value = JSON.parse(text ?? "");
  } catch {
    return [];
  }
  const files: unknown =
    typeof value === "object" && value !== null && "files" in value ? value.files : [];
  return Array.isArray(files) ? files.filter(isAppPath) : [];
}

/** Whether a path can be a file of the app. */
export function isAppPath(path: unknown): path is string {
  return (
    typeof path === "string" &&
    path.split("/").every((name) => /^[\w-][\w.-]*$/.test(name)) &&
    !/^(?:artifacts|cairn)\//i.test(path) &&
    path !== CARD_PATH
  );
}

function metaOf(name: string, content: string): string {
  return `<meta name="${name}" content="${escapeHtml(content)}" />`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
