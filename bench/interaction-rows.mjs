// What lists are tried with: a version of very many files, and an artifact of very many versions, written straight into the app's database.

export const PROJECT = "bench";

/**
 * Runs in the page. `wide` has one version whose files lie half in one folder, half in a thousand;
 * `long` has the versions, each with metrics.
 */
export async function writeLists({ project, files, versions }) {
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const db = await done(indexedDB.open("cairn"));
  const stores = ["projects", "artifacts", "versions", "aliases", "manifests"];
  const tx = db.transaction(stores, "readwrite");
  const put = (store, row, key) => tx.objectStore(store).put(row, key);
  const at = (minutes) => new Date(Date.UTC(2026, 0, 1) + minutes * 60_000).toISOString();
  const number = (n) => String(n).padStart(6, "0");
  const addArtifact = (name, count) => {
    put("artifacts", {
      uid: `bench-${name}`,
      project,
      name,
      type: "dataset",
      createdAt: at(0),
      updatedAt: at(count),
      lastNumber: count - 1,
      versionCount: count,
      sizeBytes: 1000 * count,
      tags: [],
      keep: null,
    });
    put("aliases", {
      artifact: `bench-${name}`,
      alias: "latest",
      number: count - 1,
      movedAt: at(count),
    });
  };
  const addVersion = (name, i, digest, fileCount) =>
    put("versions", {
      uid: `bench-${name}-${number(i)}`,
      artifact: `bench-${name}`,
      number: i,
      digest,
      sizeBytes: 1000 * fileCount + i,
      fileCount,
      newBytes: 0,
      description: i % 2 === 0 ? `Note ${i}` : "",
      metadata: { accuracy: Math.sin(i), eval: { loss: Math.cos(i) }, epoch: i },
      tags: [],
      pinned: false,
      createdAt: at(i),
    });
  const addManifest = (digest, paths) => {
    const rows = 10_000;
    for (let from = 0; from < paths.length; from += rows) {
      const part = paths.slice(from, from + rows);
      const digests = new Uint8Array(32 * part.length).map((_, i) => (from + i) % 251);
      const sizes = new Float64Array(part.length).fill(1000);
      put("manifests", { paths: part, digests, sizes }, [digest, from / rows]);
    }
  };
  const wide = `blake3:${"a".repeat(64)}`;
  const single = `blake3:${"b".repeat(64)}`;
  const half = files / 2;
  addManifest(wide, [
    ...Array.from({ length: half }, (_, i) => `images/${number(i)}.png`),
    ...Array.from(
      { length: half },
      (_, i) => `labels/${number(Math.floor((1000 * i) / half))}/${number(i)}.json`,
    ),
  ]);
  addManifest(single, ["metrics.json"]);
  addArtifact("wide", 1);
  addVersion("wide", 0, wide, files);
  addArtifact("long", versions);
  for (let i = 0; i < versions; i++) addVersion("long", i, single, 1);
  put("projects", {
    name: project,
    createdAt: at(0),
    updatedAt: at(0),
    artifactCount: 2,
    versionCount: versions + 1,
    sizeBytes: 0,
    deletedAt: null,
  });
  await new Promise((resolve, reject) => {
    tx.oncomplete = resolve;
    tx.onabort = () => reject(tx.error);
  });
  db.close();
}
