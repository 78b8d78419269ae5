/** Takes the place of a package that a bundle would carry and that nothing in it can reach (infra/bundles/bundling.ts says why for each). */
export const nothing = undefined;
