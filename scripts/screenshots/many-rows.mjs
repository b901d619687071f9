// @ts-check
// A project with very many artifacts: index rows written straight into the page's database, without bytes.

/**
 * @param {import("playwright-core").Page} page shows the app
 * @param {string} project
 * @param {number} count artifacts, with three versions each
 */
export async function addManyArtifacts(page, project, count) {
  await page.evaluate(write, { project, count });
}

/**
 * Runs in the page.
 *
 * @param {{ project: string, count: number }} what
 */
async function write({ project, count }) {
  /** @type {IDBDatabase} */
  const db = await new Promise((resolve, reject) => {
    const request = indexedDB.open("cairn");
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
  const tx = db.transaction(["projects", "artifacts", "versions", "aliases"], "readwrite");
  // Spread over the last eleven weeks.
  const stepMs = (77 * 24 * 3600 * 1000) / count;
  /** @param {number} i */
  const msOf = (i) => Math.floor(Date.now() - (count - i) * stepMs);
  /** @param {number} i */
  const at = (i) => new Date(msOf(i)).toISOString();
  const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  /** The time at the start of an id. @param {number} ms */
  const timeOf = (ms) =>
    Array.from({ length: 10 }, (_, i) => digits[Math.floor(ms / 32 ** (9 - i)) % 32]).join("");
  const types = ["model", "dataset", "report", "code"];
  let sizeBytes = 0;
  for (let i = 0; i < count; i++) {
    const uid = `many-${project}-a${String(i).padStart(6, "0")}`;
    let size = 0;
    for (let number = 0; number < 3; number++) {
      const bytes = 1000 * (((i * 7919) % 5000) + 5) + ((i * 13 + number * 31) % 17) * 200;
      size += bytes;
      tx.objectStore("versions").put({
        uid: `${timeOf(msOf(i))}${project}${i}v${number}`,
        artifact: uid,
        number,
        digest: `blake3:${(i * 3 + number).toString(16).padStart(64, "0")}`,
        sizeBytes: bytes,
        fileCount: (i % 9) + 1,
        newBytes: bytes,
        description: "",
        metadata: {},
        tags: [],
        pinned: false,
        createdAt: at(i),
      });
    }
    sizeBytes += size;
    tx.objectStore("artifacts").put({
      uid,
      project,
      name: `experiment-${String(i).padStart(5, "0")}`,
      type: types[i % types.length],
      createdAt: at(i),
      updatedAt: at(i),
      lastNumber: 2,
      versionCount: 3,
      sizeBytes: size,
      tags: i % 10 === 0 ? ["sweep"] : [],
      keep: null,
    });
    tx.objectStore("aliases").put({ artifact: uid, alias: "latest", number: 2, movedAt: at(i) });
    if (i % 50 === 0)
      tx.objectStore("aliases").put({ artifact: uid, alias: "prod", number: 1, movedAt: at(i) });
  }
  tx.objectStore("projects").put({
    name: project,
    createdAt: at(0),
    updatedAt: at(count),
    artifactCount: count,
    versionCount: 3 * count,
    sizeBytes,
    deletedAt: null,
  });
  await new Promise((resolve, reject) => {
    tx.addEventListener("complete", resolve);
    tx.addEventListener("abort", () => reject(tx.error));
  });
  db.close();
}
