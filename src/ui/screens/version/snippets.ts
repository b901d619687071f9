// Code that uses a version, in the words of three libraries.
import { formatPlace } from "../../../core/registry/names.ts";

/** What the code names. */
export interface SnippetTarget {
  readonly project: string;
  readonly name: string;
  /** `v3`, `latest` or an alias. */
  readonly selector: string;
}

/** The same, by a collection that links it. */
export interface RegistryTarget {
  /** The project that uses it. */
  readonly project: string;
  readonly registry: string;
  readonly collection: string;
  /** `v3`, `latest` or an alias of the collection. */
  readonly selector: string;
}

export interface Snippet {
  readonly id: "typescript" | "trackio" | "wandb";
  readonly title: string;
  readonly code: string;
}

/** The same use of a version in TypeScript with Cairn, in Python with Trackio and with W&B. */
export function snippetsFor({ project, name, selector }: SnippetTarget): readonly Snippet[] {
  const spec = `${name}:${selector}`;
  return [typescript(project, spec), trackio(project, spec), wandb(project, spec)];
}

/** The same use of a collection's version, in the libraries that know registries: Trackio has none. */
export function registrySnippetsFor(target: RegistryTarget): readonly Snippet[] {
  const { project, registry, collection, selector } = target;
  const spec = formatPlace(registry, collection, selector);
  return [typescript(project, spec), wandb(project, `wandb-${spec}`)];
}

function typescript(project: string, spec: string): Snippet {
  const code = [
    `import { init } from "cairn-registry";`,
    "",
    `const run = await init({ project: ${quote(project)} });`,
    `const artifact = await run.useArtifact(${quote(spec)});`,
    "await artifact.download();",
  ].join("\n");
  return { id: "typescript", title: "TypeScript", code };
}

function trackio(project: string, spec: string): Snippet {
  const code = [
    "import trackio",
    "",
    `trackio.init(project=${quote(project)})`,
    `artifact = trackio.use_artifact(${quote(spec)})`,
    "path = artifact.download()",
  ].join("\n");
  return { id: "trackio", title: "Python · Trackio", code };
}

function wandb(project: string, spec: string): Snippet {
  const code = [
    "import wandb",
    "",
    `run = wandb.init(project=${quote(project)})`,
    `artifact = run.use_artifact(${quote(spec)})`,
    "path = artifact.download()",
  ].join("\n");
  return { id: "wandb", title: "Python · W&B", code };
}

/** JSON's string literals mean the same in JavaScript and in Python. */
function quote(text: string): string {
  return JSON.stringify(text);
}
