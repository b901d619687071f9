// A repository on a hub, seen through its HTTP protocol.
import { planUploads } from "./batch.ts";
import { commit } from "./commit.ts";
import { fetchPut } from "./fetch-put.ts";
import type { Hub, HubOptions } from "./hub.ts";
import { isLfs, listFolder, pathsInfo } from "./list.ts";
import { openFile } from "./open-file.ts";
import { branchHead, readHead, readText } from "./read.ts";
import { createRepo, repoInfo, whoAmI } from "./repo.ts";
import { createPutter, uploadParts, uploadWhole } from "./upload.ts";
import { createWire } from "./wire.ts";
import { uploadByXet } from "./xet.ts";
import { xhrPut } from "./xhr-put.ts";

/** Opens a repository. Nothing is asked until something is called. */
export function createHub(options: HubOptions): Hub {
  const { target } = options;
  const wire = createWire(options);
  const call = { options, wire };
  const putter = createPutter(
    wire,
    options.put ?? (typeof XMLHttpRequest === "undefined" ? fetchPut(options.fetch) : xhrPut),
  );
  return {
    target,
    whoAmI: (signal) => whoAmI(call, signal),
    repoInfo: (signal) => repoInfo(wire, target, signal),
    createRepo: (isPrivate, signal) => createRepo(call, isPrivate, signal),
    readHead: (path, signal) => readHead(wire, target, path, signal),
    branchHead: (signal) => branchHead(wire, target, signal),
    readText: (oid, path, signal) => readText(wire, target, oid, path, signal),
    open: (oid, path, signal) => openFile(wire, target, oid, path, signal),
    list: (oid, folder, signal) => listFolder(call, oid, folder, signal),
    pathsInfo: (oid, paths, signal) => pathsInfo(call, oid, paths, signal),
    planUploads: (objects, signal) => planUploads(wire, target, objects, signal),
    async upload(plan, body, before, report, signal) {
      if (plan.kind === "basic") await uploadWhole(putter, plan, body, report, signal);
      else
        await uploadParts({ wire, putter }, before?.plan ?? plan, body, { before, report }, signal);
    },
    uploadByXet: (files, onProgress, signal) => uploadByXet(call, files, onProgress, signal),
    commit: (request, signal) => commit(wire, target, request, signal),
    isLfs: (path, signal) => isLfs(wire, target, path, signal),
  };
}
