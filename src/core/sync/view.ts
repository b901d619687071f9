// A page that only shows what a repository holds names it in its own `<meta>`.
import { checkRepoName } from "./repo-name.ts";
import { REPO_TYPES, type RemoteTarget, type RepoType } from "./remote.ts";

/** The name of that `<meta>`; client/open-cairn.ts has it, too. */
export const VIEW_META = "cairn-view";

/** The name of the `<meta>` that says where visitors get Cairn itself. */
export const HOME_META = "cairn-home";

/** Hubs are asked through TLS only, but for one on this machine. */
const ORIGIN = /^(https:\/\/[\w.-]+|http:\/\/(127\.0\.0\.1|localhost))(:\d+)?$/;

/** What the `<meta>` says. */
export function formatView({ hubUrl, type, repo }: RemoteTarget): string {
  return JSON.stringify({ hubUrl, type, repo });
}

/** The repository that the `<meta>` names; `null` for nothing that can be shown. */
export function readView(text: string): RemoteTarget | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const { hubUrl, type, repo } = value as Partial<Record<keyof RemoteTarget, unknown>>;
  const isTarget =
    typeof hubUrl === "string" &&
    ORIGIN.test(hubUrl) &&
    REPO_TYPES.includes(type as RepoType) &&
    typeof repo === "string" &&
    checkRepoName(repo) === null;
  return isTarget ? { hubUrl, type: type as RepoType, repo } : null;
}
