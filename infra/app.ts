import { App } from "aws-cdk-lib/core";
import { DoormanStack } from "./doorman-stack.ts";
import { readSettings } from "./settings.ts";

const app = new App();
const settings = readSettings((name) => app.node.tryGetContext(name));
new DoormanStack(app, settings.stackName, { settings });
