// ofetch without its entries: one brings a whole fetch for versions of Node that have none, the other one asks for the
// global Headers as it is loaded, with which Node loads its own. The name changes with the version, and the build fails then.
export { c as createFetch } from "../node_modules/ofetch/dist/shared/ofetch.CWycOUEr.mjs";
