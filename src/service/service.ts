// The store worker's whole service: use cases put together as the StoreApi.
import type { StoreApi } from "../protocol/store-api.ts";
import { getManifest } from "../store/artifacts.ts";
import { withRead } from "../store/transaction.ts";
import {
  artifactDetail,
  listArtifacts,
  listProjects,
  listRuns,
  listVersions,
  storageReport,
} from "./browse/lists.ts";
import type { Ctx } from "./context.ts";
import { createIngestService } from "./ingest/ingest-service.ts";
import { createJobs } from "./jobs.ts";
import { onDemand } from "./on-demand.ts";
import { createRunLife } from "./runs/run-life.ts";

/** The service, and what other tabs may tell it. */
export interface Service {
  readonly api: StoreApi;
  /** Whether drafts are open here: what can wait, waits. */
  isStaging(): boolean;
  /** The regular chores; see service/housekeeping.ts. */
  keepHouse(): Promise<void>;
  /** Another tab found the storage full: stop writing here too. */
  haltIngests(): void;
}

/** Puts the use cases together over one context. What a first visit doesn't need is loaded when it is asked for. */
export function createService(ctx: Ctx): Service {
  const { db } = ctx;
  const jobs = createJobs();
  const runLife = createRunLife(ctx);
  const ingests = createIngestService(ctx);
  let isReadOnly = false;
  const api: StoreApi = {
    listProjects: () => listProjects(db),
    listArtifacts: (project) => listArtifacts(db, project),
    getArtifact: (project, name) => artifactDetail(db, project, name),
    listVersions: (project, name, before, limit) => listVersions(db, project, name, before, limit),
    getManifest: (digest) => withRead(db, ["manifests"], (tx) => getManifest(tx, digest)),
    getStorage: () => storageReport(db),
    async listRuns(project) {
      const runs = await listRuns(db, project);
      // A tab that crashed can't say so itself: whoever looks finds out.
      if (runs.some(({ state }) => state === "running"))
        runLife.markAbandoned().catch((error: unknown) => console.error("runs", error));
      return runs;
    },
    async cancelJob(job) {
      jobs.cancel(job);
    },
    async showOnly(shown) {
      isReadOnly = true;
      (await import("./read-only.ts")).refuseStoreChanges(api, shown);
    },
    ...ingests.api,
    ...onDemand(async () => (await import("./browse/find-service.ts")).createFindService(ctx), {
      getVersion: true,
      resolve: true,
      search: true,
      findByTags: true,
      lineage: true,
      lineageAround: true,
    }),
    ...onDemand(
      async () => (await import("./browse/overview-service.ts")).createOverviewService(db, ctx.now),
      { activity: true, versionSizes: true, countRunEdges: true },
    ),
    ...onDemand(async () => (await import("./find/finder.ts")).createFinder(ctx, jobs), {
      find: true,
      identify: true,
    }),
    ...onDemand(
      async () => (await import("./download/download-service.ts")).createDownloadService(ctx, jobs),
      {
        getFile: true,
        getFiles: true,
        peekFile: true,
        bringFile: true,
        serveZip: true,
        saveToFolder: true,
      },
    ),
    ...onDemand(
      async () => (await import("./runs/run-service.ts")).createRunService(ctx, runLife),
      {
        startRun: true,
        resumeRun: true,
        getRun: true,
        endRun: true,
        deleteRun: true,
        restoreRun: true,
        useVersion: true,
        addRunEdge: true,
        removeRunEdge: true,
        restoreRunEdge: true,
        addDerivation: true,
        removeDerivation: true,
      },
    ),
    ...onDemand(async () => (await import("./edit/edit-service.ts")).createEditService(ctx), {
      setAlias: true,
      removeAlias: true,
      aliasHistory: true,
      editVersion: true,
      setArtifactTags: true,
    }),
    ...onDemand(async () => (await import("./trash/trash-service.ts")).createTrashService(ctx), {
      planDelete: true,
      deleteVersions: true,
      listTrash: true,
      restore: true,
      planEmpty: true,
      emptyTrash: true,
      planKeep: true,
      setKeep: true,
      getTrashDays: true,
      setTrashDays: true,
    }),
    ...onDemand(async () => (await import("./care/care-service.ts")).createCareService(ctx, jobs), {
      verify: true,
      listDamage: true,
      lastScrub: true,
      listEvents: true,
      verifyLog: true,
      trackioDigest: true,
    }),
    ...onDemand(async () => (await import("./sync/remote-service.ts")).createRemoteService(ctx), {
      listConnected: true,
      listAway: true,
      setHubToken: true,
    }),
    ...onDemand(
      async () => (await import("./registry/registry-service.ts")).createRegistryService(ctx),
      {
        getProfile: true,
        setProfile: true,
        listPeople: true,
        readCard: true,
        listRegistries: true,
        getRegistry: true,
        createRegistry: true,
        editRegistry: true,
        deleteRegistry: true,
        restoreRegistry: true,
        forgetRegistry: true,
        addMember: true,
        changeMember: true,
        removeMember: true,
        addProtection: true,
        changeProtection: true,
        removeProtection: true,
        createCollection: true,
        editCollection: true,
        deleteCollection: true,
        restoreCollection: true,
        getCollection: true,
        linkVersion: true,
        unlinkVersion: true,
        restoreLink: true,
        setLinkAlias: true,
        removeLinkAlias: true,
        linkAliasHistory: true,
        linksOf: true,
        planPromotion: true,
        requestPromotion: true,
        writeRequestFile: true,
        readRequestFile: true,
        settleRequest: true,
        listAudit: true,
        verifyRegistry: true,
        exportRegistry: true,
        verifyExport: true,
        planImport: true,
        importRegistry: true,
      },
    ),
  };
  return {
    api,
    isStaging: () => ingests.isStaging(),
    async keepHouse() {
      const { keepHouse, sweepOnly } = await import("./housekeeping.ts");
      await (isReadOnly ? sweepOnly(ctx) : keepHouse(ctx, runLife));
    },
    haltIngests: () => ingests.halt({ code: "quota_exceeded", data: { neededBytes: null } }),
  };
}
