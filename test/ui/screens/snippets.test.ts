import { expect, it } from "vitest";
import { registrySnippetsFor, snippetsFor } from "../../../src/ui/screens/version/snippets.ts";

const codes = (target: Parameters<typeof snippetsFor>[0]): Record<string, string> =>
  Object.fromEntries(snippetsFor(target).map(({ id, code }) => [id, code]));

it("uses a version in three languages, as a whole program each", () => {
  expect(codes({ project: "digits", name: "my-model", selector: "v3" })).toEqual({
    typescript: `import { init } from "cairn-registry";

const run = await init({ project: "digits" });
const artifact = await run.useArtifact("my-model:v3");
await artifact.download();`,
    trackio: `import trackio

trackio.init(project="digits")
artifact = trackio.use_artifact("my-model:v3")
path = artifact.download()`,
    wandb: `import wandb

run = wandb.init(project="digits")
artifact = run.use_artifact("my-model:v3")
path = artifact.download()`,
  });
});

it("uses a version through a registry, in the libraries that know them", () => {
  const target = { project: "digits", registry: "models", collection: "best", selector: "prod" };
  expect(registrySnippetsFor(target).map(({ code }) => code)).toEqual([
    `import { init } from "cairn-registry";

const run = await init({ project: "digits" });
const artifact = await run.useArtifact("registry-models/best:prod");
await artifact.download();`,
    `import wandb

run = wandb.init(project="digits")
artifact = run.use_artifact("wandb-registry-models/best:prod")
path = artifact.download()`,
  ]);
});

it("quotes what could end the string or the line", () => {
  const odd = codes({ project: 'a"b\\c', name: "x\ny", selector: "prod" });
  for (const code of Object.values(odd)) {
    expect(code).toContain(String.raw`"a\"b\\c"`);
    expect(code).toContain(String.raw`"x\ny:prod"`);
  }
});
