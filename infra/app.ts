import { App, Validations } from "aws-cdk-lib/core";
import { AwsSolutionsChecks } from "cdk-nag";
import { DoormanStack } from "./doorman-stack.ts";
import { readSettings } from "./settings.ts";

const app = new App();
const settings = readSettings((name) => app.node.tryGetContext(name));
new DoormanStack(app, settings.stackName, { settings });
// Whoever deploys a changed stack is stopped by a finding that nobody has argued (nag-acknowledgements.ts).
Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
