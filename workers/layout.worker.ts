// Lays graphs out for the page. Wiring only.
import { expose } from "comlink";
import { layoutGraph } from "../src/graph/layout.ts";
import { installErrorTransfer } from "../src/protocol/comlink-errors.ts";
import type { LayoutApi } from "../src/protocol/layout-api.ts";

installErrorTransfer();

expose({ arrange: async (request) => layoutGraph(request) } satisfies LayoutApi);
