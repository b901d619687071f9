// Which handler answers which address.
import type { Handler } from "./call.ts";
import { commit } from "./commit-api.ts";
import { completeMultipart, lfsBatch, lfsVerify } from "./lfs-api.ts";
import { authorize, exchangeCode, openIdConfiguration, userInfo, whoAmI } from "./oauth.ts";
import type { RateFamily } from "./rates.ts";
import {
  createBranch,
  createRepo,
  deleteBranch,
  deleteRepo,
  describeRepo,
  listCommits,
  listRefs,
} from "./repos-api.ts";
import { rawFile, resolveFile } from "./resolve-api.ts";
import { getObject, putObject } from "./storage-api.ts";
import { listTree, pathsInfo, preupload } from "./tree-api.ts";
import { probeChunk, putShard, putXorb, writeToken } from "./xet-api.ts";

export interface Route {
  readonly methods: readonly string[];
  readonly pattern: RegExp;
  readonly handler: Handler;
  readonly family: RateFamily;
}

const READ = ["GET", "HEAD"];
const API_REPO = "/api/(?<type>models|datasets|spaces)/(?<namespace>[^/]+)/(?<name>[^/]+)";
const GIT_REPO = "/(?:(?<type>datasets|spaces)/)?(?<namespace>[^/]+)/(?<name>[^/]+)";
// Some clients send a pull request's name as it is, others with its slashes encoded.
const REVISION = "(?<revision>refs/pr/[^/]+|[^/]+)";

function route(
  methods: readonly string[],
  path: string,
  family: RateFamily,
  handler: Handler,
): Route {
  return { methods, pattern: new RegExp(`^${path}$`), handler, family };
}

export const HUB_ROUTES: readonly Route[] = [
  route(READ, "/api/whoami-v2", "api", whoAmI),
  route(["POST"], "/api/repos/create", "api", createRepo),
  route(["DELETE"], "/api/repos/delete", "api", deleteRepo),
  route(["POST"], "/api/complete_multipart", "api", completeMultipart),
  route(READ, `/api/resolve-cache${API_REPO.slice(4)}/${REVISION}/(?<path>.+)`, "pages", rawFile),
  route(READ, API_REPO, "api", describeRepo),
  route(READ, `${API_REPO}/revision/${REVISION}`, "api", describeRepo),
  route(READ, `${API_REPO}/refs`, "api", listRefs),
  route(READ, `${API_REPO}/commits/${REVISION}`, "api", listCommits),
  route(READ, `${API_REPO}/tree/${REVISION}(?:/(?<path>.+))?`, "api", listTree),
  route(["POST"], `${API_REPO}/paths-info/${REVISION}`, "api", pathsInfo),
  route(["POST"], `${API_REPO}/preupload/${REVISION}`, "api", preupload),
  route(["POST"], `${API_REPO}/commit/${REVISION}`, "api", commit),
  route(READ, `${API_REPO}/xet-write-token/${REVISION}`, "api", writeToken),
  route(["POST"], `${API_REPO}/branch/(?<branch>[^/]+)`, "api", createBranch),
  route(["DELETE"], `${API_REPO}/branch/(?<branch>[^/]+)`, "api", deleteBranch),
  route(["POST"], `${GIT_REPO}\\.git/info/lfs/objects/batch`, "api", lfsBatch),
  route(["POST"], `${GIT_REPO}\\.git/info/lfs/objects/verify`, "api", lfsVerify),
  route(READ, `${GIT_REPO}/resolve/${REVISION}/(?<path>.+)`, "resolvers", resolveFile),
  route(READ, `${GIT_REPO}/raw/${REVISION}/(?<path>.+)`, "resolvers", rawFile),
  route(READ, "/\\.well-known/openid-configuration", "pages", openIdConfiguration),
  route([...READ, "POST"], "/oauth/authorize", "pages", authorize),
  route(["POST"], "/oauth/token", "pages", exchangeCode),
  route(READ, "/oauth/userinfo", "pages", userInfo),
];

export const STORAGE_ROUTES: readonly Route[] = [
  route(["PUT"], "/upload/(?<upload>[^/]+)", "pages", putObject),
  route(READ, "/objects/(?<oid>[0-9a-f]{64})", "pages", getObject),
  route(READ, "/v1/chunks/default/(?<hash>[0-9a-f]{64})", "pages", probeChunk),
  route(["POST"], "/v1/xorbs/default/(?<hash>[0-9a-f]{64})", "pages", putXorb),
  route(["POST"], "/v1/shards", "pages", putShard),
];

export interface Match {
  readonly route: Route;
  readonly parts: Readonly<Record<string, string>>;
}

/** Finds the route of a request. Parts are decoded only after the path was taken apart. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): Match | undefined {
  for (const candidate of routes) {
    const match = candidate.methods.includes(method) ? candidate.pattern.exec(path) : null;
    if (match === null) continue;
    const named = Object.entries(match.groups ?? {}).filter(([, text]) => text !== undefined);
    const parts = named.map(([name, text]) => [name, decodeURIComponent(text)]);
    return { route: candidate, parts: Object.fromEntries(parts) as Record<string, string> };
  }
  return undefined;
}
