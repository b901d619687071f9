// What a page may ask of the store worker: plain data in, plain data out.
import type { BrowseApi } from "./browse-api.ts";
import type { CareApi } from "./care-api.ts";
import type { DownloadApi } from "./downloads.ts";
import type { EditApi } from "./edit-api.ts";
import type { FindApi } from "./find-api.ts";
import type { IngestApi } from "./ingest.ts";
import type { OverviewApi } from "./overview-api.ts";
import type { RegistryApi } from "./registry-api.ts";
import type { RemoteStoreApi } from "./remote-api.ts";
import type { RunApi } from "./run-api.ts";
import type { TrashApi } from "./trash-api.ts";

export interface StoreApi
  extends
    BrowseApi,
    OverviewApi,
    IngestApi,
    DownloadApi,
    RunApi,
    EditApi,
    TrashApi,
    CareApi,
    FindApi,
    RegistryApi,
    RemoteStoreApi {}
