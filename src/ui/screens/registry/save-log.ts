// Hands a registry's log to the browser's downloads.
import { saveBlob } from "../../../client/save-stream.ts";
import type { AppState } from "../../state/app-state.ts";

/** Saves the whole log as JSON lines. Throws what the store throws. */
export async function saveLog(app: AppState, registry: string): Promise<void> {
  saveBlob(await app.cairn.store.exportRegistry(registry), `registry-${registry}.jsonl`);
}
