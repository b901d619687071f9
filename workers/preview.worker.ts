// Looks into files for the page. Wiring only.
import { expose, transfer } from "comlink";
import { createComparer } from "../src/preview/compare/comparer.ts";
import { createPreviews } from "../src/preview/preview-service.ts";
import { installErrorTransfer } from "../src/protocol/comlink-errors.ts";
import type { CompareApi } from "../src/protocol/compare-api.ts";
import type { PreviewApi } from "../src/protocol/preview-api.ts";

installErrorTransfer();
const previews = createPreviews();

expose({
  ...previews,
  ...createComparer(),
  readBytes: async (...args) => {
    const bytes = await previews.readBytes(...args);
    return transfer(bytes, [bytes.buffer]);
  },
} satisfies PreviewApi & CompareApi);
