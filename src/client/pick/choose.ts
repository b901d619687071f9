// Opens the browser's file chooser.
import { takeFileList } from "./read-file-list.ts";
import type { Picked } from "./found.ts";

/** Asks for files, or for a folder. `null` when the person closes the chooser. Call from a click. */
export function choose(what: "files" | "folder"): Promise<Picked | null> {
  const input = document.createElement("input");
  input.type = "file";
  input.hidden = true;
  if (what === "files") input.multiple = true;
  else input.webkitdirectory = true;
  // Safari opens the chooser only for an input that is in the page.
  document.body.append(input);
  return new Promise<Picked | null>((resolve, reject) => {
    input.addEventListener("cancel", () => resolve(null));
    input.addEventListener("change", () => {
      try {
        resolve(input.files === null ? null : takeFileList(input.files));
      } catch (error) {
        reject(error);
      }
    });
    input.click();
  }).finally(() => input.remove());
}
