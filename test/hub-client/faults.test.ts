// Every fault of the hub at every class of request: what may be asked again is, and the rest has its name.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Hub, UploadPlan } from "../../src/hub/hub.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import type { FaultAction, FaultRule } from "../hub/server/faults.ts";
import { DEFAULT_LIMITS } from "../hub/server/settings.ts";
import {
  clientOf,
  commitOps,
  kindOf,
  NEVER,
  openRepo,
  planOf,
  putLarge,
  SILENT,
  someBytes,
  tried,
} from "./open-repo.ts";

const CONTENT = await someBytes(5000);
const OTHER = await someBytes(3000, 2);
const PATHS = ["a.txt"];

/** A repository with a text, a large file, and one upload that may begin. */
interface Scene {
  readonly client: Hub;
  readonly commit: string;
  readonly plan: Exclude<UploadPlan, { kind: "present" }>;
}

interface Kind {
  readonly name: string;
  readonly at: Pick<FaultRule, "method" | "path" | "host">;
  /** Gives something to compare, the same each time that it works. */
  readonly run: (scene: Scene) => Promise<unknown>;
}

/** What is as good asked twice. */
const READS: readonly Kind[] = [
  {
    name: "the head",
    at: { method: "GET", path: "/resolve-cache/" },
    run: ({ client }) => client.readHead("a.txt", NEVER),
  },
  {
    name: "a text",
    at: { method: "GET", path: "/resolve/" },
    run: ({ client, commit }) => client.readText(commit, "a.txt", NEVER),
  },
  {
    name: "a large file",
    at: { host: "storage", method: "GET" },
    run: async ({ client, commit }) => {
      const opened = await client.open(commit, "net.bin", NEVER);
      return Buffer.from(await new Response(opened?.stream).arrayBuffer()).toString("base64");
    },
  },
  {
    name: "a list",
    at: { method: "GET", path: "/tree/" },
    run: async ({ client, commit }) => {
      const paths: string[] = [];
      for await (const { path } of client.list(commit, "", NEVER)) paths.push(path);
      return paths;
    },
  },
  {
    name: "paths",
    at: { method: "POST", path: "/paths-info/" },
    run: ({ client, commit }) => client.pathsInfo(commit, PATHS, NEVER),
  },
  {
    name: "the repository",
    at: { method: "GET", path: "/api/datasets/[^/]+/[^/]+$" },
    run: ({ client }) => client.repoInfo(NEVER),
  },
  {
    name: "whose token it is",
    at: { method: "GET", path: "/whoami-v2" },
    run: ({ client }) => client.whoAmI(NEVER),
  },
  {
    name: "how a file would be kept",
    at: { method: "POST", path: "/preupload/" },
    run: ({ client }) => client.isLfs("a.txt", NEVER),
  },
  {
    name: "a batch",
    at: { method: "POST", path: "/objects/batch" },
    run: ({ client }) => client.planUploads([CONTENT.object], NEVER),
  },
  {
    name: "bytes to the storage",
    at: { host: "storage", method: "PUT" },
    run: ({ client, plan }) => client.upload(plan, OTHER.body, null, SILENT, NEVER),
  },
];

/** What is asked once. */
const WRITES: readonly Kind[] = [
  {
    name: "a commit",
    at: { method: "POST", path: "/commit/" },
    run: ({ client }) => commitOps(client, [{ kind: "text", path: "b.txt", text: "b" }]),
  },
  {
    name: "a new repository",
    at: { method: "POST", path: "/repos/create" },
    run: ({ client }) => client.createRepo(false, NEVER),
  },
];

/** Faults that pass, and what they are called where they don't. */
const PASSING: readonly (readonly [FaultAction, string])[] = [
  [{ kind: "status", status: 500 }, "server"],
  [{ kind: "status", status: 503, body: "<html>busy</html>" }, "server"],
  [{ kind: "status", status: 504, afterApplying: true }, "server"],
  [{ kind: "status", status: 408 }, "timeout"],
  [{ kind: "drop-before" }, "offline"],
  [{ kind: "drop-after" }, "offline"],
];

/** Refusals: nothing gets better by asking again at once. */
const REFUSALS = [
  [401, "", "signed_out"],
  [403, '{"error":"Repository storage limit reached (Max: 1 GB)"}', "full"],
  [412, "", "changed"],
  [413, "", "too_large"],
  [429, '{"error":"rate limit for repository commits (128 per hour)"}', "commit_rate"],
  [429, "", "rate"],
  [500, '{"error":"rate limit for repository commits"}', "commit_rate"],
] as const;

let hub: TestHub;

beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());
afterEach(async () => {
  await hub.clearFaults();
  await hub.setLimits(DEFAULT_LIMITS);
});

async function setUp(): Promise<Scene> {
  const client = await openRepo(hub);
  await commitOps(client, [{ kind: "text", path: "a.txt", text: "abcdef" }]);
  const commit = await putLarge(client, "net.bin", CONTENT);
  const scene = { client, commit, plan: await planOf(client, OTHER.object) };
  await hub.clearRequests();
  return scene;
}

describe.each(READS)("[S2] asking for $name", ({ name, at, run }) => {
  let scene: Scene;
  let expected: unknown;
  beforeAll(async () => {
    scene = await setUp();
    expected = await run(scene);
  });

  test("is tried again when a fault passes", async () => {
    for (const [action] of PASSING) {
      await hub.setFaults({ ...at, times: 3, action });
      expect(await run(scene), action.kind).toEqual(expected);
      expect((await hub.faults())[0]?.applied).toBe(3);
      await hub.clearFaults();
    }
  });

  test("gives a fault that doesn't pass its name, after four times", async () => {
    for (const [action, kind] of PASSING) {
      await hub.setFaults({ ...at, times: 0, action });
      expect(await kindOf(run(scene)), action.kind).toBe(kind);
      expect((await hub.faults())[0]?.applied, action.kind).toBe(4);
      await hub.clearFaults();
    }
  });

  test("is not tried again when it is refused", async () => {
    for (const [status, body, kind] of REFUSALS) {
      await hub.setFaults({ ...at, action: { kind: "status", status, body } });
      // The storage says 401 and 403 of its own addresses.
      const isAddress = name === "bytes to the storage" && (status === 401 || status === 403);
      expect(await kindOf(run(scene)), String(status)).toBe(isAddress ? "busy" : kind);
      expect((await hub.faults())[0]?.matched).toBe(1);
      await hub.clearFaults();
    }
  });

  test("goes on when the answer breaks off", async () => {
    await hub.setFaults({ ...at, times: 2, action: { kind: "truncate", bytes: 1 } });
    expect(await run(scene)).toEqual(expected);
  });

  test("waits for a slow answer", async () => {
    await hub.setFaults({ ...at, action: { kind: "delay", ms: 20 } });
    expect(await run(scene)).toEqual(expected);
  });
});

describe.each(WRITES)("[S2] $name", ({ name, at, run }) => {
  test("is asked for once, whatever comes of it", async () => {
    const faults = [
      ...PASSING,
      ...REFUSALS.map(([status, body, kind]) => [{ kind: "status", status, body }, kind] as const),
    ];
    for (const [action, kind] of faults) {
      const client = await openRepo(hub);
      await hub.clearRequests();
      // One that doesn't exist yet, for what makes it.
      const repo = name === "a commit" ? client.target.repo : `${client.target.repo}-new`;
      const target = { ...client.target, repo };
      await hub.setFaults({ ...at, action });
      const asked = run({ client: clientOf(hub, target), commit: "", plan: {} as never });
      expect(await kindOf(asked), action.kind).toBe(kind);
      expect(tried(await hub.requests(), new RegExp(at.path ?? "")), action.kind).toHaveLength(1);
      await hub.clearFaults();
    }
  });
});

test("[S3] a stale answer gives an older head, with the text of that one", async () => {
  const { client } = await setUp();
  const [older, newer] = [
    await commitOps(client, [{ kind: "text", path: "i.json", text: "1" }]),
    await commitOps(client, [{ kind: "text", path: "i.json", text: "2" }]),
  ];
  await hub.setFaults({ path: "/resolve/", action: { kind: "stale-read" } });
  expect(await client.readHead("i.json", NEVER)).toMatchObject({ commit: older, text: "1" });
  expect(await client.readHead("i.json", NEVER)).toMatchObject({ commit: newer, text: "2" });
});

test("[S3] a hub that ignores the parent takes the commit", async () => {
  const { client, commit: parent } = await setUp();
  const put = (text: string): Promise<string> =>
    client.commit(
      { title: "x", description: "", ops: [{ kind: "text", path: "a.txt", text }], parent },
      NEVER,
    );
  await put("first");
  await hub.setFaults({ path: "/commit/", action: { kind: "ignore-parent-commit" } });
  const commit = await put("second");
  expect(await client.readText(commit, "a.txt", NEVER)).toBe("second");
});

test("a token that ends meanwhile is told by whatever is asked next", async () => {
  const { client, commit } = await setUp();
  await hub.addToken({ token: "hf_brief", user: "ada", role: "write" });
  const brief = clientOf(hub, client.target, { token: () => "hf_brief" });
  await brief.readText(commit, "a.txt", NEVER);
  await hub.setFaults({ path: "/objects/batch", action: { kind: "expire-token" } });
  expect(await kindOf(brief.planUploads([CONTENT.object], NEVER))).toBe("signed_out");
  expect(await kindOf(brief.readText(commit, "a.txt", NEVER))).toBe("signed_out");
});

test("a wrong ETag of a read changes nothing that is read", async () => {
  const { client, commit } = await setUp();
  await hub.setFaults({ times: 0, method: "GET", action: { kind: "wrong-etag" } });
  expect((await client.readHead("a.txt", NEVER)).text).toBe("abcdef");
  expect(await client.readText(commit, "a.txt", NEVER)).toBe("abcdef");
});
