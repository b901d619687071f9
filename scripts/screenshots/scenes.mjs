// @ts-check
// Every page to be looked at: where it is, and what is done there first.

/** @typedef {import("playwright-core").Page} Page */

/**
 * @typedef {object} Scene
 * @property {string} name of the file
 * @property {string} hash
 * @property {(page: Page) => Promise<unknown>} [act] what a person does there
 */

/** @param {string} name */
const press = (name) => (/** @type {Page} */ page) =>
  page.getByRole("button", { name, exact: true }).first().click();

/** @type {readonly Scene[]} */
export const SCENES = [
  { name: "home", hash: "#/" },
  { name: "home-settings", hash: "#/", act: press("Settings") },
  { name: "palette", hash: "#/", act: (page) => openPalette(page, "reader") },
  // Of several kinds: artifacts, files, runs and actions.
  {
    name: "palette-groups",
    hash: "#/p/sample-digits/reader",
    act: (page) => openPalette(page, "tra"),
  },
  { name: "palette-nothing", hash: "#/", act: (page) => openPalette(page, "qqzzqq") },
  { name: "project", hash: "#/p/sample-digits" },
  { name: "project-filtered", hash: "#/p/ten-thousand?type=model&alias=prod&sort=-size" },
  { name: "project-no-match", hash: "#/p/sample-digits?q=nothing" },
  { name: "ten-thousand", hash: "#/p/ten-thousand" },
  { name: "runs", hash: "#/p/sample-digits?tab=runs" },
  { name: "runs-none", hash: "#/p/ten-thousand?tab=runs" },
  { name: "files", hash: "#/p/ocr/reader" },
  { name: "preview-table", hash: "#/p/sample-digits/digits?file=train.csv" },
  { name: "preview-image", hash: "#/p/sample-digits/digits?file=samples.png" },
  { name: "preview-safetensors", hash: "#/p/sample-digits/reader?file=model.safetensors" },
  { name: "preview-markdown", hash: "#/p/sample-digits/evaluation?file=report.md" },
  { name: "preview-json", hash: "#/p/sample-digits/evaluation?file=evaluation.json" },
  { name: "preview-onnx", hash: "#/p/ocr/reader?file=weights%2Fch_PP-OCRv4_det_infer.onnx" },
  { name: "metadata", hash: "#/p/sample-digits/reader?tab=metadata" },
  { name: "metrics", hash: "#/p/sample-digits/reader?tab=metrics" },
  { name: "lineage", hash: "#/p/sample-digits/reader?tab=lineage" },
  { name: "lineage-large", hash: "#/p/scribe/transcriber?tab=lineage" },
  { name: "usage", hash: "#/p/sample-digits/reader?tab=usage" },
  { name: "history", hash: "#/p/ocr/reader?tab=history" },
  { name: "version-menu", hash: "#/p/ocr/reader", act: press("More") },
  { name: "compare", hash: "#/compare?a=ocr%2Freader%3Av0&b=ocr%2Freader%3Av2" },
  {
    name: "compare-file",
    hash: "#/compare?a=sample-digits%2Freader%3Av1&b=sample-digits%2Freader%3Av2&file=model.safetensors",
  },
  {
    name: "compare-metadata",
    hash: "#/compare?a=sample-digits%2Freader%3Av0&b=sample-digits%2Freader%3Av2&tab=metadata",
  },
  { name: "registries", hash: "#/registries" },
  {
    name: "registries-create",
    hash: "#/registries",
    act: press("Create a registry"),
  },
  { name: "registry", hash: "#/r/models" },
  { name: "registry-no-collection", hash: "#/r/empty" },
  { name: "registry-no-match", hash: "#/r/models?q=nothing" },
  { name: "registry-new-collection", hash: "#/r/models", act: press("New collection") },
  { name: "registry-settings", hash: "#/r/models?tab=settings" },
  {
    name: "registry-protect",
    hash: "#/r/models?tab=settings",
    act: press("Add a protected alias"),
  },
  { name: "registry-add-person", hash: "#/r/models?tab=settings", act: press("Add person") },
  { name: "requests", hash: "#/r/models?tab=requests" },
  { name: "requests-none", hash: "#/r/empty?tab=requests" },
  { name: "audit", hash: "#/r/models?tab=audit" },
  { name: "audit-verified", hash: "#/r/models?tab=audit", act: press("Verify") },
  { name: "collection", hash: "#/r/models/digit-reader" },
  { name: "collection-used", hash: "#/r/models/digit-reader", act: press("Use it") },
  { name: "collection-no-version", hash: "#/r/models/planned" },
  { name: "collection-card", hash: "#/r/models/digit-reader?tab=card" },
  { name: "collection-history", hash: "#/r/models/digit-reader?tab=history" },
  { name: "collection-then", hash: "#/r/models/digit-reader?at=2026-01-01" },
  { name: "link", hash: "#/r/models/digit-reader/v2" },
  { name: "link-aliases", hash: "#/r/models/digit-reader/v2", act: press("Add aliases") },
  {
    name: "link-promote",
    hash: "#/r/models/digit-reader/v2",
    act: press("Promote to production"),
  },
  { name: "link-none", hash: "#/r/models/digit-reader/v9" },
  { name: "registry-none", hash: "#/r/nowhere" },
  { name: "profile", hash: "#/profile" },
  { name: "sync-none", hash: "#/sync" },
  { name: "sync-connect", hash: "#/sync?connect=" },
  { name: "version-links", hash: "#/p/sample-digits/reader?tab=usage" },
  { name: "trash", hash: "#/trash" },
  { name: "storage", hash: "#/care" },
  { name: "error", hash: "#/nowhere/at/all" },
  { name: "not-found", hash: "#/p/none/such" },
  { name: "in-trash", hash: "#/p/ocr/cars-and-weather" },
];

/** @param {Page} page @param {string} text */
async function openPalette(page, text) {
  await page.keyboard.press("Control+K");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox").fill(text);
  await dialog.getByText("Looking…").waitFor({ state: "detached" });
}
