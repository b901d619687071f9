// Names of repositories, as the Hub allows them.
import type { Problem } from "../errors.ts";

const OWNER_MAX_LENGTH = 96;
const NAME_MAX_LENGTH = 96;
const ALLOWED = /^[A-Za-z0-9._-]+$/;
const EDGE = /^[.-]|[.-]$/;

/** Says what is wrong with an `owner/name`, or `null` when it can name a repository. */
export function checkRepoName(repo: string): Problem<"invalid_remote_name"> | null {
  const [owner = "", name = "", ...rest] = repo.split("/");
  const reason =
    owner === "" || name === "" || rest.length > 0
      ? "it is written as owner/name"
      : (partProblem("the owner", owner, OWNER_MAX_LENGTH) ??
        partProblem("the name", name, NAME_MAX_LENGTH));
  return reason === null ? null : { code: "invalid_remote_name", data: { name: repo, reason } };
}

function partProblem(what: string, part: string, most: number): string | null {
  if (!ALLOWED.test(part))
    return `${what} may have letters without accents, digits, “-”, “_” and “.” only`;
  if (part.length > most) return `${what} has more than ${most} characters`;
  if (EDGE.test(part)) return `${what} neither starts nor ends with “-” or “.”`;
  if (part.includes("--") || part.includes("..")) return `${what} has no “--” and no “..” in it`;
  return part.toLowerCase().endsWith(".git") ? `${what} doesn't end in “.git”` : null;
}
