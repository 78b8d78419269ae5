// Takes the place of `import … from "node:http"` in a bundle (infra/bundles/bundling.ts says why): an import as a module reads each of its
// exports, and one of them loads Node's own fetch, which nothing here uses.
const http = process.getBuiltinModule("node:http");

export const { Agent, request, IncomingMessage, STATUS_CODES, validateHeaderName, validateHeaderValue } = http;
// biome-ignore lint/style/noDefaultExport: node-fetch imports it whole.
export default http;
