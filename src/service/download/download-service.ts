// Downloads, put together.
import { CairnError } from "../../core/errors.ts";
import type { DownloadApi } from "../../protocol/downloads.ts";
import type { Ctx } from "../context.ts";
import type { Jobs } from "../jobs.ts";
import { saveToFolder } from "./folder.ts";
import { bringFile, openFiles, peekFile } from "./open-files.ts";
import { serveZip } from "./zip.ts";

/** What there is to cancel is in the jobs, loaded or not. */
export function createDownloadService(ctx: Ctx, jobs: Jobs): Omit<DownloadApi, "cancelJob"> {
  return {
    async getFile(project, name, number, path, via) {
      const [file] = await openFiles(ctx, { project, name, number, via }, [path]);
      if (file === undefined) throw new CairnError("not_found", { what: "file", name: path });
      return file;
    },
    getFiles: (project, name, number, paths, via) =>
      openFiles(ctx, { project, name, number, via }, paths),
    peekFile: (project, name, number, path, via) =>
      peekFile(ctx, { project, name, number, via }, path),
    bringFile: (job, version, path, onProgress) =>
      jobs.run(job, ({ signal }) => bringFile(ctx, version, path, onProgress, signal)),
    serveZip: (job, request, port, onProgress) =>
      jobs.run(job, (abort) => serveZip(ctx, request, port, onProgress, abort)),
    saveToFolder: (job, request, folder, overwrite, onProgress) =>
      jobs.run(job, ({ signal }) =>
        saveToFolder(ctx, request, folder, overwrite, onProgress, signal),
      ),
  };
}
