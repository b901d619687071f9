// The page: a button, what the training does while it does it, and where its report came from.
import "../../src/ui/styles/tokens.css";
import "../../src/ui/styles/base.css";
import "./style.css";
import { fromCsv } from "./data.ts";
import { chip, find, make, versionLink } from "./dom.ts";
import { evaluate, type Evaluation } from "./evaluate.ts";
import { lineageList } from "./lineage-list.ts";
import { Plot } from "./plot.ts";
import { PROJECT } from "./runs.ts";
import { CONFIG, csvOfMoons, train, type Epoch } from "./train.ts";

const button = find("train", HTMLButtonElement);
const progress = find("progress", HTMLProgressElement);
const status = find("status", HTMLElement);
const problem = find("problem", HTMLElement);
const epochs = find("epochs", HTMLTableSectionElement);
const results = find("results", HTMLElement);
const finding = find("finding", HTMLElement);
const lineage = find("lineage", HTMLElement);
const plot = new Plot(find("plot", HTMLCanvasElement), fromCsv(csvOfMoons()));

progress.max = CONFIG.epochs;
button.addEventListener("click", () => void trainAndEvaluate());

async function trainAndEvaluate(): Promise<void> {
  // A disabled button would lose the focus.
  if (button.ariaDisabled === "true") return;
  button.ariaDisabled = "true";
  reset();
  try {
    const seen: Epoch[] = [];
    await train((epoch) => {
      seen.push(epoch);
      showEpoch(epoch);
    });
    status.textContent = "Evaluating the best checkpoint in a second run…";
    showEvaluation(await evaluate());
    status.textContent = summaryOf(seen);
  } catch (error) {
    // Cairn's errors say in their message what to do.
    problem.textContent = error instanceof Error ? error.message : String(error);
    problem.hidden = false;
    status.textContent = "The training did not finish.";
  }
  button.ariaDisabled = "false";
}

function reset(): void {
  epochs.replaceChildren();
  results.hidden = problem.hidden = true;
  progress.hidden = false;
  progress.value = 0;
  plot.show(null);
  status.textContent = "Logging the data set…";
}

function showEpoch({ epoch, net, loss, accuracy, version, isBest }: Epoch): void {
  const link = versionLink(PROJECT, "moons-net", version, `moons-net:${version}`);
  if (isBest) epochs.querySelectorAll(".chip").forEach((other) => other.remove());
  epochs.append(
    make(
      "tr",
      {},
      make("th", { scope: "row" }, String(epoch)),
      make("td", {}, loss.toFixed(3)),
      make("td", {}, percent(accuracy)),
      make("td", {}, link, ...(isBest ? [" ", chip("best", "alias")] : [])),
    ),
  );
  progress.value = epoch;
  plot.show(net);
  status.textContent = `Epoch ${epoch} of ${CONFIG.epochs}: accuracy ${percent(accuracy)}, logged as ${version}.`;
}

function showEvaluation({ version, points, loss, accuracy, lineage: graph }: Evaluation): void {
  finding.replaceChildren(
    make("code", {}, "moons-net:best"),
    " is ",
    versionLink(PROJECT, "moons-net", version, version),
    ` now. Of ${points} points that no training has seen, it gets `,
    make("strong", {}, percent(accuracy)),
    ` right, with a loss of ${loss.toFixed(3)}.`,
  );
  lineage.replaceChildren(...lineageList(graph));
  results.hidden = false;
}

function summaryOf(seen: readonly Epoch[]): string {
  const made = seen.filter(({ isNew }) => isNew).length;
  if (made === 0)
    return "Done. The same training makes the same bytes, and the same bytes are the same version: only the two runs are new.";
  return `Done: ${made} new versions of moons-net. Train again, and see that the same bytes stay the same versions.`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
