import { expect, test } from "vitest";
import type { RemoteTarget } from "../../../src/core/sync/remote.ts";
import { formatView, readView } from "../../../src/core/sync/view.ts";

test.each<RemoteTarget>([
  { hubUrl: "https://huggingface.co", type: "dataset", repo: "ada/models" },
  { hubUrl: "https://hub.example:8443", type: "space", repo: "a.b/c_d-e" },
  { hubUrl: "http://127.0.0.1:4000", type: "model", repo: "ada/net" },
])("what a page says it shows is read as it was written: $repo", (target) => {
  expect(readView(formatView(target))).toEqual(target);
});

test.each([
  ["no JSON", "{"],
  ["nothing", "null"],
  ["a text", '"ada/models"'],
  ["a hub without TLS", '{"hubUrl":"http://hub.example","type":"dataset","repo":"a/b"}'],
  ["a path behind the hub", '{"hubUrl":"https://h.example/x","type":"dataset","repo":"a/b"}'],
  ["somebody's name in the hub", '{"hubUrl":"https://me@h.example","type":"dataset","repo":"a/b"}'],
  ["another kind", '{"hubUrl":"https://h.example","type":"bucket","repo":"a/b"}'],
  [
    "a repository that leads elsewhere",
    '{"hubUrl":"https://h.example","type":"space","repo":"../x"}',
  ],
  ["no repository", '{"hubUrl":"https://h.example","type":"space"}'],
])("a page that names %s shows nothing", (_what, text) => {
  expect(readView(text)).toBeNull();
});
