// Code that uses a version, in the words of three libraries.

/** What the code names. */
export interface SnippetTarget {
  readonly project: string;
  readonly name: string;
  /** `v3`, `latest` or an alias. */
  readonly selector: string;
}

export interface Snippet {
  readonly id: "typescript" | "trackio" | "wandb";
  readonly title: string;
  readonly code: string;
}

/** The same use of a version in TypeScript with Cairn, in Python with Trackio and with W&B. */
export function snippetsFor({ project, name, selector }: SnippetTarget): readonly Snippet[] {
  const of = quote(project);
  const spec = quote(`${name}:${selector}`);
  return [
    {
      id: "typescript",
      title: "TypeScript",
      code: [
        `import { init } from "cairn-registry";`,
        "",
        `const run = await init({ project: ${of} });`,
        `const artifact = await run.useArtifact(${spec});`,
        "await artifact.download();",
      ].join("\n"),
    },
    {
      id: "trackio",
      title: "Python · Trackio",
      code: [
        "import trackio",
        "",
        `trackio.init(project=${of})`,
        `artifact = trackio.use_artifact(${spec})`,
        "path = artifact.download()",
      ].join("\n"),
    },
    {
      id: "wandb",
      title: "Python · W&B",
      code: [
        "import wandb",
        "",
        `run = wandb.init(project=${of})`,
        `artifact = run.use_artifact(${spec})`,
        "path = artifact.download()",
      ].join("\n"),
    },
  ];
}

/** JSON's string literals mean the same in JavaScript and in Python. */
function quote(text: string): string {
  return JSON.stringify(text);
}
