import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { API_DOC, renderApi } from "../../scripts/api-docs.mjs";

test("docs/API.md is what the docstrings say: run `npm run docs`", async () => {
  expect(await readFile(API_DOC, "utf8")).toBe(await renderApi());
});

test("everything exported as a value has a docstring, and so has each of its members", async () => {
  const api = await renderApi();
  for (const name of ["init", "Run", "useArtifact", "linkArtifact", "Artifact", "Api", "Registry"])
    expect(api).toMatch(new RegExp(`^## ${name}$`, "m"));
  const own = api.slice(0, api.indexOf("## CairnError"));
  const bare = own.match(/^\*\*`.*`\*\*(?=\n\n(\*\*`|#))/gm);
  expect(bare ?? []).toEqual([]);
});
