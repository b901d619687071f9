// The spec files that come with @huggingface/hub, run against the test hub instead of the real one.
// They know nothing of Cairn, so they tell whether the test hub is like the Hub.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commit, createBranch, createRepo } from "@huggingface/hub";
import type * as Vitest from "vitest";
import { afterAll, describe, vi } from "vitest";
import { startHub } from "./client.ts";
import { UPSTREAM_USER } from "./upstream-user.ts";

const LIBRARY = "../../node_modules/@huggingface/hub/src";
const TOKEN = "hf_hub.js";
// Left out: those that look up what real repos hold (list-files, list-commits, paths-info, the infos,
// file-download-info, cache, safetensors), collections, jobs, buckets (copy-files), and what asks no server.
const SPECS = [
  "check-repo-access",
  "commit",
  "count-commits",
  "create-branch",
  "create-repo",
  "delete-branch",
  "delete-file",
  "delete-files",
  "download-file",
  "file-exists",
  "oauth-handle-redirect",
  "repo-exists",
  "upload-file",
  "upload-files",
  "upload-files.fs",
  "upload-files-with-progress",
  "who-am-i",
] as const;

// Compares the digest of a file of huggingface.co, whose bytes are not here.
const NEEDS_REAL_BYTES = "should commit a full repo from HF with web urls";

const hub = await startHub({
  users: [UPSTREAM_USER, { name: "others", orgs: ["openai-community", "google-bert", "celinah"] }],
  tokens: [
    { token: TOKEN, user: UPSTREAM_USER.name, role: "write", displayName: "ci-hub.js" },
    { token: "hf_others", user: "others", role: "write" },
  ],
  apps: [{ clientId: "dummy-app" }],
});
const others = { accessToken: "hf_others", hubUrl: hub.url } as const;
// One of the specs leaves a folder there.
const folder = await mkdtemp(join(tmpdir(), "cairn-upstream-"));
vi.stubEnv("TMPDIR", folder);
await seed();
await replaceTheWeb();
vi.doMock(`${LIBRARY}/test/consts.ts`, () => ({
  TEST_HUB_URL: hub.url,
  TEST_USER: UPSTREAM_USER.name,
  TEST_ACCESS_TOKEN: TOKEN,
  TEST_COOKIE: "any",
}));
vi.doMock(`${LIBRARY}/consts.ts`, () => ({ HUB_URL: hub.url }));
vi.doMock("vitest", async (original) => {
  const real = await original<typeof Vitest>();
  const define = (name: string, ...more: [run: () => Promise<void>, timeoutMs?: number]): void => {
    if (name !== NEEDS_REAL_BYTES) real.it(name, ...more);
  };
  return { ...real, it: define };
});

afterAll(async () => {
  vi.doUnmock(`${LIBRARY}/test/consts.ts`);
  vi.doUnmock(`${LIBRARY}/consts.ts`);
  vi.doUnmock("vitest");
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
  await hub.stop();
});

describe.each(SPECS)("%s", async (spec) => {
  await import(`${LIBRARY}/lib/${spec}.spec.ts`);
});

/** Puts in what the specs expect of repos that exist. */
async function seed(): Promise<void> {
  const put = async (name: string, path: string, content: Blob, branch?: string): Promise<void> => {
    const repo = { type: "model", name } as const;
    await createRepo({ ...others, repo });
    const operation = { operation: "addOrUpdate", path, content } as const;
    await commit({ ...others, repo, title: "seed", operations: [operation], useXet: false });
    if (branch !== undefined) await createBranch({ ...others, repo, branch });
  };
  const gpt2 = { type: "model", name: "openai-community/gpt2" } as const;
  const readme = await fromSpec("download-file", /`(---\nlanguage[^`]+)`/);
  await put(gpt2.name, "README.md", new Blob([readme]));
  for (let commits = 2; commits < 26; commits++)
    await commit({ ...others, repo: gpt2, title: `commit ${commits}`, operations: [] });
  // A branch named as the revision they ask for.
  const revision = await fromSpec("count-commits", /revision: "(\w+)"/);
  await createBranch({ ...others, repo: gpt2, branch: revision });
  await put(
    "google-bert/bert-base-uncased",
    "tf_model.h5",
    new Blob(["weights"]),
    await fromSpec("file-exists", /revision: "(\w+)"/),
  );
  const text = new Blob(["this is a text file.".repeat(100)]);
  await put("celinah/xet-experiments", "large_text.txt", text);
}

/** Stands in for the pages of huggingface.co from which specs upload files. */
async function replaceTheWeb(): Promise<void> {
  const config = await fromSpec("upload-file", /\n(\{\n {2}"activation_function"[^`]+\n\})/);
  const { fetch } = globalThis;
  vi.stubGlobal("fetch", async (input: string | URL | Request, init?: RequestInit) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith("https://huggingface.co/")) return fetch(input, init);
    if (url.endsWith(".json")) return new Response(config);
    return new Response(new Uint8Array(4_194_304));
  });
}

async function fromSpec(name: string, pattern: RegExp): Promise<string> {
  const path = new URL(`${LIBRARY}/lib/${name}.spec.ts`, import.meta.url);
  const found = pattern.exec(await readFile(path, "utf8"))?.[1];
  if (found === undefined) throw new Error(`${name}.spec.ts is not as expected`);
  return found;
}
