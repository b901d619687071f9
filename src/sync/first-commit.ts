// What a repository gets with Cairn's first commit: which files are large ones, and a card that says what this is.
import { GIT_ATTRIBUTES } from "../core/sync/files.ts";
import { HUB_URL, type RemoteTarget } from "../core/sync/remote.ts";
import type { CommitOp } from "../hub/hub.ts";
import type { RemoteHead } from "./remote-head.ts";
import { remark, type Run } from "./round-run.ts";

const ATTRIBUTES = ".gitattributes";
const CARD = "README.md";

/** Operations that a first commit needs beside the round's own. */
export async function firstOps(run: Run, { commit }: RemoteHead): Promise<readonly CommitOp[]> {
  const read = async (path: string): Promise<string | null> =>
    commit === null ? null : run.hub.readText(commit, path, run.signal);
  const attributes = await read(ATTRIBUTES);
  const card = await read(CARD);
  return [
    { kind: "text", path: ATTRIBUTES, text: withLines(attributes ?? "", GIT_ATTRIBUTES) },
    ...(card === null
      ? [{ kind: "text", path: CARD, text: cardText(run.hub.target) } as const]
      : []),
  ];
}

/** Looks, once, whether the hub goes by those attributes; syncing works without, at the cost of a line for each file. */
export async function checkAttributes(run: Run): Promise<void> {
  if (await run.hub.isLfs("artifacts/project/artifact/v0/file.txt", run.signal)) return;
  remark(
    run,
    `The hub doesn't go by the lines that Cairn put into .gitattributes of ${run.label}. Large files are kept all the same.`,
  );
}

/** A text with lines at its end that it lacks. */
export function withLines(text: string, lines: readonly string[]): string {
  const there = new Set(text.split(/\r?\n/).map((line) => line.trim()));
  const missing = lines.filter((line) => !there.has(line));
  const gap = text === "" || text.endsWith("\n") ? "" : "\n";
  return missing.length === 0 ? text : `${text}${gap}${missing.join("\n")}\n`;
}

/** The repository's card. */
export function cardText({ type, repo, hubUrl }: RemoteTarget): string {
  const name = repo.split("/").at(-1) ?? repo;
  const front =
    type === "space"
      ? ["title: " + JSON.stringify(name), "sdk: static", "pinned: false", "tags: [cairn]"]
      : ["tags: [cairn]"];
  const kind = type === "model" ? "" : ` --repo-type ${type}`;
  const endpoint = hubUrl === HUB_URL ? "" : `HF_ENDPOINT=${hubUrl} `;
  return `---
${front.join("\n")}
---

# ${name}

Versions of models, datasets and other artifacts, synced here by Cairn, an artifact registry that
lives in the browser. Each version has a folder of its own, with its files under their own names:

\`\`\`
artifacts/<project>/<artifact>/v<number>/
\`\`\`

Fetch one with the usual tools, for example

\`\`\`
${endpoint}hf download ${repo}${kind} --include "artifacts/<project>/<artifact>/v0/*" --local-dir .
\`\`\`

Files named \`pack-0000.tar\` hold many small files of a version. \`cairn/\` is Cairn's own: lists of
files with their digests, aliases, lineage, and the log of all that was synced. Leave it to Cairn.
`;
}
