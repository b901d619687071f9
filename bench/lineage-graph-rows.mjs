// Rows of a lineage graph in which no two nodes are alike, written straight into the app's database.

/**
 * Runs in the page: layers of versions and runs in turn, each node fed by two of the layer before.
 *
 * @returns the artifact in the middle
 */
export async function writeGraph({ nodes, layers }) {
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const at = new Date(0).toISOString();
  const db = await done(indexedDB.open("cairn"));
  const stores = ["projects", "artifacts", "versions", "aliases", "runs", "edges"];
  const tx = db.transaction(stores, "readwrite");
  const put = (store, row) => tx.objectStore(store).put(row);
  put("projects", {
    name: "bench",
    createdAt: at,
    updatedAt: at,
    artifactCount: nodes / 2,
    versionCount: nodes / 2,
    sizeBytes: 0,
    deletedAt: null,
  });
  const per = nodes / layers;
  const isRun = (layer) => layer % 2 === 1;
  for (let i = 0; i < nodes; i++) {
    const layer = Math.floor(i / per);
    if (isRun(layer)) {
      put("runs", {
        uid: `r${i}`,
        project: "bench",
        name: `run-of-${i}x`,
        config: {},
        state: "finished",
        startedAt: at,
        endedAt: at,
        deletedAt: null,
      });
    } else {
      // A type each, or they would be drawn as one.
      put("artifacts", {
        uid: `a${i}`,
        project: "bench",
        name: `artifact-${i}`,
        type: `type-${i}`,
        createdAt: at,
        updatedAt: at,
        lastNumber: 0,
        versionCount: 1,
        sizeBytes: 10,
        tags: [],
        keep: null,
      });
      put("versions", {
        uid: `v${i}`,
        artifact: `a${i}`,
        number: 0,
        digest: `blake3:${i.toString(16).padStart(64, "0")}`,
        sizeBytes: 10,
        fileCount: 1,
        newBytes: 10,
        description: "",
        metadata: {},
        pinned: false,
        tags: [],
        createdAt: at,
      });
      put("aliases", { artifact: `a${i}`, alias: "latest", number: 0, movedAt: at });
    }
    if (layer === 0) continue;
    for (const far of [0, 17 + (i % 41)]) {
      const source = (layer - 1) * per + ((i + far) % per);
      const [run, version] = isRun(layer) ? [i, source] : [source, i];
      const direction = isRun(layer) ? "input" : "output";
      put("edges", { run: `r${run}`, version: `v${version}`, direction, createdAt: at });
    }
  }
  await new Promise((resolve, reject) => {
    tx.oncomplete = resolve;
    tx.onabort = () => reject(tx.error);
  });
  db.close();
  const middle = Math.floor(layers / 4) * 2 * per;
  return `artifact-${middle}`;
}
