// Who asks, and the repository as a whole.
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startHub, type TestHub } from "../hub/client.ts";
import { clientOf, failure, kindOf, newRepo, NEVER, openRepo, tried } from "./open-repo.ts";

let hub: TestHub;

beforeAll(async () => {
  const orgs = [
    { type: "org", name: "lab" },
    { type: "org", name: "readers", roleInOrg: "read" },
    { type: "org", name: "makers", roleInOrg: "contributor" },
  ];
  hub = await startHub({
    users: [{ name: "ada", whoAmI: { fullname: "Ada L.", orgs } }],
    tokens: [
      { token: "hf_ada", user: "ada", role: "write" },
      { token: "hf_read", user: "ada", role: "read" },
    ],
  });
});
afterAll(() => hub.stop());
afterEach(async () => {
  await hub.clearFaults();
  await hub.clearRequests();
});

const as = (token: string | null): ReturnType<typeof clientOf> =>
  clientOf(hub, newRepo(), { token: () => token });

test("a token tells whose it is, and where it may make repositories", async () => {
  expect(await as("hf_ada").whoAmI(NEVER)).toEqual({
    name: "ada",
    fullName: "Ada L.",
    orgs: ["lab", "makers"],
    role: "write",
  });
});

test("no token, an unknown one, and what is no token of a hub are told alike", async () => {
  expect(await kindOf(as("hf_unknown").whoAmI(NEVER))).toBe("signed_out");
  await hub.clearRequests();
  expect(await kindOf(as(null).whoAmI(NEVER))).toBe("signed_out");
  expect(await kindOf(as("my password").whoAmI(NEVER))).toBe("signed_out");
  expect(await hub.requests()).toEqual([]);
});

test("who it is makes no sense without a name", async () => {
  const action = { kind: "status", status: 200, body: '{"auth":{}}' } as const;
  await hub.setFaults({ path: "/whoami-v2", action });
  expect(await kindOf(as("hf_ada").whoAmI(NEVER))).toBe("odd_answer");
});

test.each(["space", "dataset", "model"] as const)("a %s is made, and is there", async (type) => {
  const client = clientOf(hub, newRepo(type));
  expect(await client.repoInfo(NEVER)).toEqual({ exists: false, isPrivate: null, host: null });
  await client.createRepo(type === "model", NEVER);
  const { exists, isPrivate, host } = await client.repoInfo(NEVER);
  expect({ exists, isPrivate }).toEqual({ exists: true, isPrivate: type === "model" });
  // A Space is static, so that it is served and costs nothing.
  expect(host === null).toBe(type !== "space");
  expect(await kindOf(client.createRepo(false, NEVER))).toBe("exists");
});

test("a private repository is as absent for whoever may not see it", async () => {
  const client = clientOf(hub, newRepo());
  await client.createRepo(true, NEVER);
  const anonymous = clientOf(hub, client.target, { token: () => null });
  expect(await kindOf(anonymous.repoInfo(NEVER))).toBe("signed_out");
  expect(await kindOf(as(null).repoInfo(NEVER))).toBe("signed_out");
});

test("a token that may not make repositories is refused in the hub's words", async () => {
  expect(await failure(as("hf_read").createRepo(false, NEVER))).toMatchObject({
    kind: "forbidden",
    detail: 'You don\'t have the rights to create a dataset under the namespace "ada"',
  });
  expect(await kindOf(as(null).createRepo(false, NEVER))).toBe("signed_out");
});

test("making a repository is asked once, and then one looks", async () => {
  const client = clientOf(hub, newRepo());
  await hub.setFaults({ path: "/repos/create", action: { kind: "drop-after" } });
  expect(await kindOf(client.createRepo(false, NEVER))).toBe("offline");
  expect(tried(await hub.requests(), /create/)).toHaveLength(1);
  expect(await client.repoInfo(NEVER)).toMatchObject({ exists: true });
});

test.each(["javascript:alert(1)", "ada-net.hf.space", 3])(
  "an address %j of a Space is none",
  async (host) => {
    const client = await openRepo(hub, { type: "space" });
    const body = JSON.stringify({ private: false, host });
    await hub.setFaults({ path: "/api/spaces/", action: { kind: "status", status: 200, body } });
    expect(await client.repoInfo(NEVER)).toEqual({ exists: true, isPrivate: false, host: null });
  },
);

test("each request is told to the log, without its query", async () => {
  const client = await openRepo(hub);
  await hub.clearRequests();
  await client.repoInfo(NEVER);
  await client.readHead("none", NEVER);
  const [{ id } = { id: "" }] = await hub.requests();
  expect(client.log).toEqual([
    {
      method: "GET",
      path: `/api/datasets/${client.target.repo}`,
      status: 200,
      requestId: id,
      ms: expect.any(Number),
    },
    {
      method: "GET",
      path: `/datasets/${client.target.repo}/resolve/main/none`,
      status: 404,
      requestId: expect.stringContaining("Root="),
      ms: expect.any(Number),
    },
  ]);
});
