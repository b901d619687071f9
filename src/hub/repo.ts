// The repository as a whole, and who asks for it.
import { isCairnError } from "../core/errors.ts";
import type { RemoteTarget } from "../core/sync/remote.ts";
import { apiOf } from "./addresses.ts";
import type { HubAccount, RepoInfo } from "./hub.ts";
import { get } from "./read.ts";
import { withLibrary, type LibraryCall } from "./with-library.ts";
import { jsonOf, type Wire } from "./wire.ts";

/** Whose token it is. @throws CairnError `hub_failed` of kind `signed_out` where there is none */
export async function whoAmI(
  call: Omit<LibraryCall, "isRetried">,
  signal: AbortSignal,
): Promise<HubAccount> {
  return withLibrary(
    { ...call, isRetried: true },
    async (library, { accessToken, hubUrl, fetch }) => {
      if (accessToken === undefined) throw call.wire.failures.failure("signed_out");
      return readAccount(await library.whoAmI({ accessToken, hubUrl, fetch }), call.wire);
    },
    signal,
  );
}

interface WhoAmI {
  readonly name?: unknown;
  readonly fullname?: unknown;
  readonly orgs?: unknown;
  readonly auth?: { readonly accessToken?: { readonly role?: unknown } };
}

function readAccount(value: unknown, { failures }: Wire): HubAccount {
  const { name, fullname, orgs, auth } = value as WhoAmI;
  if (typeof name !== "string" || name === "") throw failures.failure("odd_answer");
  const role = auth?.accessToken?.role;
  return {
    name,
    fullName: typeof fullname === "string" ? fullname : null,
    orgs: (Array.isArray(orgs) ? orgs : []).flatMap(orgToWriteTo),
    role: typeof role === "string" ? role : null,
  };
}

function orgToWriteTo(org: unknown): readonly string[] {
  const { name, roleInOrg } = (org ?? {}) as { name?: unknown; roleInOrg?: unknown };
  return typeof name === "string" && roleInOrg !== "read" ? [name] : [];
}

/** Whether there is such a repository, as far as the token may see. */
export async function repoInfo(
  wire: Wire,
  target: RemoteTarget,
  signal: AbortSignal,
): Promise<RepoInfo> {
  // Not the library's: it asks for the newest commit as well, and there may be none.
  try {
    const answer = await wire.ask(get(apiOf(target)), signal);
    const info = jsonOf(answer, wire.failures) as {
      readonly private?: unknown;
      readonly host?: unknown;
    } | null;
    const isPrivate = info?.private;
    return {
      exists: true,
      isPrivate: typeof isPrivate === "boolean" ? isPrivate : null,
      host: originOf(info?.host),
    };
  } catch (error) {
    if (isCairnError(error, "hub_failed") && error.data.kind === "not_found")
      return { exists: false, isPrivate: null, host: null };
    throw error;
  }
}

/** People will follow it, so it is an address of the web or none. */
function originOf(host: unknown): string | null {
  if (typeof host !== "string" || !/^https?:\/\//.test(host) || !URL.canParse(host)) return null;
  return new URL(host).origin;
}

/** Makes the repository. Asked once: whether it happened is told by {@link repoInfo}. */
export async function createRepo(
  call: Omit<LibraryCall, "isRetried">,
  isPrivate: boolean,
  signal: AbortSignal,
): Promise<void> {
  await withLibrary(
    { ...call, isRetried: false },
    async (library, { accessToken, ...params }) => {
      if (accessToken === undefined) throw call.wire.failures.failure("signed_out");
      const visibility = isPrivate ? "private" : "public";
      await library.createRepo({ ...params, accessToken, visibility, sdk: "static" });
    },
    signal,
  );
}
