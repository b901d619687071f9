// What Cairn takes from the Hub's own library. Only ever imported when first needed: it is large.
export {
  commitIter,
  createRepo,
  listFiles,
  oauthHandleRedirect,
  oauthLoginUrl,
  pathsInfo,
  whoAmI,
} from "@huggingface/hub";
