// @ts-check
// A project whose lineage is worth a graph: sources, splits, a sweep of training runs, evaluations and a release.
import { withStore } from "../../test/support/with-store.mjs";

const SWEEP = Array.from({ length: 8 }, (_, i) => i + 1);

/** @typedef {readonly [name: string, type: string, run: string, inputs: readonly string[]]} Step */

/**
 * Artifact, its type, the run that made it, and what that run used. In the order of logging.
 *
 * @type {readonly Step[]}
 */
const PLAN = [
  ["scans", "dataset", "", []],
  ["labels", "dataset", "", []],
  ["pages", "dataset", "clean", ["scans", "labels"]],
  ["train-split", "dataset", "split", ["pages"]],
  ["test-split", "dataset", "split", []],
  ["backbone", "model", "", []],
  ...SWEEP.map(
    (i) => /** @type {Step} */ ([`sweep-${i}`, "model", `train-${i}`, ["train-split", "backbone"]]),
  ),
  ["transcriber", "model", "distill", ["sweep-3", "sweep-7", "train-split"]],
  ["scores", "evaluation", "evaluate", ["transcriber", "test-split"]],
  ["transcriber-int8", "model", "quantize", ["transcriber"]],
  ["release-notes", "report", "report", ["scores", "transcriber-int8"]],
];

/**
 * Logs it through the app's own store worker.
 *
 * @param {import("playwright-core").Page} page shows the app
 * @param {string} project
 */
export async function addLineage(page, project) {
  await withStore(page, write, { project, plan: PLAN });
}

/**
 * Runs in the page.
 *
 * @param {any} store
 * @param {{ project: string, plan: readonly Step[] }} what
 */
async function write(store, { project, plan }) {
  const { Comlink } = /** @type {any} */ (globalThis);
  for (const [name, type, run, inputs] of plan) {
    const file = new File([`${name}\n`.repeat(5000)], "data.txt");
    /** @type {(value?: unknown) => void} */
    let settle = () => undefined;
    const staged = new Promise((resolve) => (settle = resolve));
    const ingest = await store.openIngest(
      Comlink.proxy((/** @type {any} */ notice) => notice.staged.length > 0 && settle()),
    );
    await store.stageFiles(ingest, [
      { id: 0, file, path: file.name, sizeBytes: file.size, modifiedMs: 0 },
    ]);
    await staged;
    await store.commitDraft(
      ingest,
      { project, name, type, aliases: [], run, description: "", metadata: "" },
      { fileIds: new Uint32Array(1), paths: [file.name] },
    );
    for (const input of inputs)
      await store.addRunEdge({ project, name: input, number: 0 }, run, "input");
  }
}
