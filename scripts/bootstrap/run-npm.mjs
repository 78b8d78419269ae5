import { basename } from "node:path";
import { runToEnd } from "./run-to-end.mjs";

/** Errors only: on Node 20 npm warns at length about packages that want Node 22, which is what Node 24 is fetched for. */
const QUIET = ["--no-audit", "--no-fund", "--loglevel=error"];

/** Runs npm: the one that started this process where there is one, on the Node that it runs on. @returns its exit code. */
export function runNpm(args, root) {
  const { npm_execpath: npm, npm_node_execpath: node = process.execPath } = process.env;
  const all = [...args, ...QUIET];
  if (npm !== undefined && basename(npm) === "npm-cli.js") return runToEnd(node, [npm, ...all], { cwd: root });
  return runToEnd("npm", all, { cwd: root });
}
