// Hashes files for the store worker. Wiring only.
import { expose, transfer } from "comlink";
import { createHasher } from "../src/hash/hasher.ts";
import { installErrorTransfer } from "../src/protocol/comlink-errors.ts";
import type { HashApi } from "../src/protocol/hash-api.ts";
import { createHashService } from "../src/service/hash-files.ts";

installErrorTransfer();
const service = createHasher().then(createHashService);

expose({
  hashBlob: async (...args) => (await service).hashBlob(...args),
  sha256Blob: async (...args) => (await service).sha256Blob(...args),
  digestsOfBlob: async (...args) => (await service).digestsOfBlob(...args),
  readAndHash: async (files) => {
    const group = await (await service).readAndHash(files);
    return transfer(group, [group.bytes]);
  },
  letGo: async () => (await service).letGo(),
  stop: async (job) => (await service).stop(job),
} satisfies HashApi);
