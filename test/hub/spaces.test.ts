// Static Spaces as visitors see them.
import { request } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startHub, type TestHub } from "./client.ts";
import { file, talkTo, type Talk } from "./talk.ts";

let hub: TestHub;
let ada: Talk;

beforeAll(async () => {
  hub = await startHub();
  ada = talkTo(hub);
});
afterAll(() => hub.stop());

/** Asks as a browser does, which finds `*.localhost` on this machine without asking anybody. */
async function visit(url: string): Promise<{ status: number; type: string; body: string }> {
  const { port, host, pathname } = new URL(url);
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path: pathname, headers: { host } }, (answer) => {
      text(answer).then(
        (body) =>
          resolve({
            status: answer.statusCode ?? 0,
            type: answer.headers["content-type"] ?? "",
            body,
          }),
        reject,
      );
    })
      .on("error", reject)
      .end();
  });
}

async function hostOf(repo: string): Promise<string> {
  const answer = await ada.send("GET", `/api/spaces/${repo}`);
  return ((await answer.json()) as { host: string }).host;
}

test("a static Space is served at its own origin, with the files of its head", async () => {
  await ada.create("My_Nets", { type: "space", sdk: "static" });
  const pointer = await ada.upload("spaces/ada/My_Nets", Buffer.from("picture"));
  await ada.commit("spaces/ada/My_Nets", [
    file("index.html", "<p>hello"),
    ["lfsFile", { path: "icons/a.png", algo: "sha256", oid: pointer, size: 7 }],
  ]);
  const host = await hostOf("ada/My_Nets");
  expect(host).toMatch(/^http:\/\/ada-my-nets\.localhost:\d+$/);
  expect(await visit(`${host}/`)).toEqual({
    status: 200,
    type: "text/html; charset=utf-8",
    body: "<p>hello",
  });
  expect(await visit(`${host}/icons/a.png`)).toMatchObject({ type: "image/png", body: "picture" });
  expect(await visit(`${host}/none.js`)).toMatchObject({ status: 404 });
});

test("private Spaces, and those that run code, are not served", async () => {
  await ada.create("hidden", { type: "space", sdk: "static", visibility: "private" });
  await ada.create("runs", { type: "space", sdk: "docker" });
  const hidden = await hostOf("ada/hidden");
  expect(await visit(`${hidden}/README.md`)).toMatchObject({ status: 404 });
  expect(await visit(`${hidden.replace("hidden", "runs")}/README.md`)).toMatchObject({
    status: 404,
  });
});
