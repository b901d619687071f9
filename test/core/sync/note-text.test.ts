import { expect, test } from "vitest";
import type { ArtifactType } from "../../../src/core/names.ts";
import { describeNote } from "../../../src/core/sync/note-text.ts";
import type { SyncNote } from "../../../src/core/sync/ops.ts";
import { ANN, CNN, number, PROD, PROJECT } from "./world.ts";

const name = CNN;
const [one, two] = [number(1), number(2)];

test.each<[SyncNote, string]>([
  [
    { kind: "renumbered", name, from: one, to: two, by: ANN },
    "“cnn:v1” is v2 now: Ada's laptop used that number first.",
  ],
  [
    { kind: "renumbered", name, from: one, to: two, by: null },
    "“cnn:v1” is v2 now: another device used that number first.",
  ],
  [
    { kind: "became-one", name, number: one, was: two },
    "“cnn:v2” has the same content as v1, so the two are one version: v1.",
  ],
  [
    { kind: "became-one", name, number: one, was: one },
    "“cnn:v1” has the same content here and on another device, and is one version now.",
  ],
  [
    { kind: "alias-moved-twice", name, alias: PROD, stands: two, other: one, by: ANN },
    "Ada's laptop moved the alias “prod” of “cnn” to v1, and you moved it, too. The later move stands: it is on v2.",
  ],
  [
    { kind: "alias-moved-twice", name, alias: PROD, stands: null, other: null, by: ANN },
    "Ada's laptop moved the alias “prod” of “cnn” off its version, and you moved it, too. The later move stands: it is on no version.",
  ],
  [
    { kind: "edited-twice", name, number: null, field: "tags" },
    "The tags of “cnn” were edited on two devices. The later edit stands.",
  ],
  [
    { kind: "edited-twice", name, number: one, field: "description" },
    "The description of “cnn:v1” was edited on two devices. The later edit stands.",
  ],
  [
    { kind: "delete-refused", name, number: one, by: ANN, why: "the alias “prod”" },
    "Ada's laptop deleted “cnn:v1”, but it has the alias “prod” now, so it stays.",
  ],
  [
    { kind: "deleted", name, number: one, by: ANN },
    "Ada's laptop deleted “cnn:v1”. It is in the trash until that is emptied.",
  ],
  [
    { kind: "run-edited-twice", name: "fit", fields: ["config"] },
    "The config of the run “fit” was edited on two devices. The later edit stands.",
  ],
  [
    { kind: "run-edited-twice", name: "fit", fields: ["state", "endedAt"] },
    "The state and the end of the run “fit” were edited on two devices. The later edit stands.",
  ],
  [
    { kind: "project-deleted", name: PROJECT, versions: 2, by: ANN },
    "Ada's laptop deleted the project “digits” with 2 versions. What was in it is in the trash until that is emptied.",
  ],
  [
    { kind: "project-deleted", name: PROJECT, versions: 1, by: ANN },
    "Ada's laptop deleted the project “digits” with one version. What was in it is in the trash until that is emptied.",
  ],
  [
    { kind: "project-deleted", name: PROJECT, versions: 0, by: null },
    "Another device deleted the project “digits”.",
  ],
  [
    { kind: "restored", name, number: one },
    "“cnn:v1” was deleted on one device and is needed on another, so it is back.",
  ],
  [
    { kind: "alias-lost", name, alias: PROD },
    "The alias “prod” of “cnn” was put on a version that is gone for good, so it was not moved.",
  ],
  [
    { kind: "type-differs", name, stands: "model" as ArtifactType, other: "data" as ArtifactType },
    "“cnn” was made with two types on two devices. It stays “model”, not “data”.",
  ],
])("%j", (note, sentence) => {
  expect(describeNote(note, () => "Ada's laptop")).toBe(sentence);
});
