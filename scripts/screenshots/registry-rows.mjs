// @ts-check
// Registries as a small team keeps them: links to what the other projects hold, protected aliases, people, requests.
import { generateKeyPairSync } from "node:crypto";
import { withStore } from "../../test/support/with-store.mjs";

/** Puts people, registries and what is in them. @param {import("playwright-core").Page} page shows the app */
export async function addRegistries(page) {
  await withStore(page, write, { grace: card("Grace"), lin: card("Lin"), text: CARD });
}

/** Somebody of whom only the public key is here. @param {string} name */
function card(name) {
  const { x } = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
  return `cairn-key:${x}?name=${name}`;
}

const CARD = `# Reader of digits

Reads one handwritten digit from a picture of 28 × 28 pixels.

## Use it

Scale the pixels to between 0 and 1. Pictures darker than 0.2 on average were not in the training data.

| Digits | Accuracy |
|---|---|
| all | 0.97 |
| 4 and 9 | 0.94 |
`;

/**
 * Runs in the page.
 *
 * @param {any} store
 * @param {{ grace: string, lin: string, text: string }} given
 */
async function write(store, { grace, lin, text }) {
  await store.setProfile("Ada", "ada");
  await store.createRegistry({
    name: "models",
    description: "Models that others may build on. Ask Ada or Grace for production.",
    types: ["model"],
    visibility: "open",
  });
  await store.addMember("models", grace, "admin");
  await store.addMember("models", lin, "member");
  await store.addProtection("models", "prod-*", "");
  const details = { name: "digit-reader", type: "model", card: text, tags: ["vision", "small"] };
  await store.createCollection("models", details);
  for (const number of [0, 1, 2])
    await store.linkVersion(`sample-digits/reader:v${number}`, null, "models/digit-reader", []);
  await store.setLinkAlias("models", "digit-reader", 0, "production");
  await store.setLinkAlias("models", "digit-reader", 1, "production");
  await store.addProtection("models", "production", "metadata.accuracy >= 0.8");
  await store.setLinkAlias("models", "digit-reader", 1, "baseline");
  await store.setLinkAlias("models", "digit-reader", 2, "staging");
  await store.linkVersion("scribe/transcriber:v0", null, "models/transcriber", ["prod-eu"]);
  await store.linkVersion("scribe/transcriber-int8:v0", null, "models/transcriber", ["edge"]);
  for (const number of [0, 1, 2])
    await store.linkVersion(`ocr/reader:v${number}`, null, "models/page-reader", []);
  await store.createCollection("models", { name: "planned", type: "model", card: "", tags: [] });
  const asked = "Fewer mistakes with 4 and 9, and no slower.";
  await store.requestPromotion("models", "digit-reader", 2, "production", asked);
  await store.createRegistry({
    name: "data",
    description: "",
    types: ["dataset", "evaluation"],
    visibility: "members",
  });
  await store.linkVersion("sample-digits/digits:v0", null, "data/digits", ["golden"]);
  await store.createRegistry({ name: "empty", description: "", types: [], visibility: "open" });
}
