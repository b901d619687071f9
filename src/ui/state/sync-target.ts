// A repository as people write it: `ada/models`, `datasets/ada/models`, or the address of its page.
import type { Problem } from "../../core/errors.ts";
import { HUB_URL, type RemoteTarget, type RepoType } from "../../core/sync/remote.ts";
import { checkRepoName } from "../../core/sync/repo-name.ts";

/** What a text names, or what is wrong with it. */
export type ReadTarget =
  | { readonly kind: "target"; readonly target: RemoteTarget }
  | { readonly kind: "problem"; readonly problem: Problem<"invalid_remote_name"> };

const FOLDERS: ReadonlyMap<string, RepoType> = new Map([
  ["spaces", "space"],
  ["datasets", "dataset"],
  ["models", "model"],
]);

/** @param usual hub and kind where the text says none */
export function readTarget(text: string, usual: Pick<RemoteTarget, "hubUrl" | "type">): ReadTarget {
  const written = text.trim();
  const address = addressIn(written);
  const path = (address?.pathname ?? written).split("/").filter((part) => part !== "");
  const kind = FOLDERS.get(path[0]?.toLowerCase() ?? "");
  // Without a folder, an address is one of a model; a bare name is of the kind that was chosen.
  const type = kind ?? (address === null ? usual.type : "model");
  // Behind the name there may be the page's own path, such as `/tree/main`.
  const named = kind === undefined ? path : path.slice(1);
  const repo = (address === null ? named : named.slice(0, 2)).join("/");
  const problem = checkRepoName(repo);
  return problem === null
    ? { kind: "target", target: { hubUrl: address?.origin ?? usual.hubUrl, type, repo } }
    : { kind: "problem", problem: { ...problem, data: { ...problem.data, name: written } } };
}

/** As {@link readTarget} reads it again: short for the usual hub, else the address. */
export function writeTarget(target: RemoteTarget): string {
  return target.hubUrl === HUB_URL
    ? `${target.type}s/${target.repo}`
    : pageOf({ ...target, folder: `${target.type}s/` });
}

/** Where people see a repository. */
export function targetUrl(target: RemoteTarget): string {
  return pageOf({ ...target, folder: target.type === "model" ? "" : `${target.type}s/` });
}

/** The origin of a hub as it was typed, or `null` when that is none. */
export function readHubUrl(text: string): string | null {
  const written = text.trim();
  const address = addressIn(/^[a-z]+:\/\//i.test(written) ? written : `https://${written}`);
  // Chromium takes spaces into a host's name.
  return address === null || address.host.includes("%") ? null : address.origin;
}

/** The hub for people: its host, without what goes without saying. */
export function hubName(hubUrl: string): string {
  return hubUrl.replace(/^https?:\/\//, "");
}

function pageOf({ hubUrl, repo, folder }: RemoteTarget & { readonly folder: string }): string {
  const path = repo.split("/").map(encodeURIComponent).join("/");
  return `${hubUrl}/${folder}${path}`;
}

function addressIn(text: string): URL | null {
  if (!/^https?:\/\//i.test(text)) return null;
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
