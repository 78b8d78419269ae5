import { join } from "node:path";
import { PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, type RecursiveLoop, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { type BundlingOptions, LogLevel, NodejsFunction, OutputFormat } from "aws-cdk-lib/aws-lambda-nodejs";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import { type Duration, RemovalPolicy } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import { BUNDLING, REPOSITORY } from "../bundles/bundling.ts";
import { allow } from "./rights.ts";

const CDK_BUNDLING: BundlingOptions = {
  format: OutputFormat.ESM,
  target: BUNDLING.target,
  mainFields: [...BUNDLING.mainFields],
  banner: BUNDLING.banner,
  // The SDK goes into the bundle: what was tested is what runs, and it starts faster than the runtime's copy, file by file.
  externalModules: [],
  minify: BUNDLING.minify,
  keepNames: BUNDLING.keepNames,
  sourceMap: false,
  esbuildArgs: Object.fromEntries(Object.entries(BUNDLING.standIns).map(([name, standIn]) => [`--alias:${name}`, standIn])),
  logLevel: LogLevel.WARNING,
};

/** A function's environment: what its own `environment.ts` declares, nothing else. */
type Variables = Readonly<Record<string, string | undefined>>;

export interface HouseFunctionProps<Environment extends Variables> {
  /** The folder under `functions/` whose `handler.ts` exports `handler`. */
  readonly folder: string;
  readonly description: string;
  readonly memoryMiB: number;
  readonly timeout: Duration;
  /** Typed by the function's `environment.ts`, so that a missing variable fails the type check. Undefined ones are left out. */
  readonly environment: Environment;
  /** What its work asks for, besides writing its own log. Its event source adds its own with `addRights`. */
  readonly rights: readonly PolicyStatement[];
  readonly logRetention: RetentionDays;
  /** Whether Lambda may end a chain of messages that the function sends itself; it does unless told. */
  readonly recursiveLoop?: RecursiveLoop;
}

/**
 * The one way to define a Lambda here. Each has its own role without a managed policy, and its own log group, which is the only one it can write to.
 *
 * Not set on purpose: *reserved concurrency*, since a throttled receive counts as one, and two put a healthy message among the dead letters (and a new
 * account has only ten to give away); *tracing*, since it needs a right on every resource and each log line already says how late, for whom and why.
 */
export class HouseFunction<Environment extends Variables> extends Construct {
  readonly function: NodejsFunction;
  readonly #rights: PolicyDocument;

  constructor(scope: Construct, id: string, props: HouseFunctionProps<Environment>) {
    super(scope, id);
    // Logs serve the people on call and may go with the stack; what was switched, when and why is in the history table.
    const logGroup = new LogGroup(this, "Log", { retention: props.logRetention, removalPolicy: RemovalPolicy.DESTROY });
    const ownLog = allow(["logs:CreateLogStream", "logs:PutLogEvents"], logGroup.logGroupArn);
    this.#rights = new PolicyDocument({ statements: [ownLog, ...props.rights] });
    // Inline, so that role and rights come into being together: a policy of its own may arrive after the function's first event.
    const role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: `What Doorman's ${props.folder} function may do`,
      inlinePolicies: { rights: this.#rights },
    });
    this.function = new NodejsFunction(this, "Function", {
      entry: join(REPOSITORY, "functions", props.folder, "handler.ts"),
      projectRoot: REPOSITORY,
      depsLockFilePath: join(REPOSITORY, "package-lock.json"),
      handler: "handler",
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMiB,
      timeout: props.timeout,
      environment: withoutUndefined(props.environment),
      // The SDK of today keeps connections alive without the variable that this would add.
      awsSdkConnectionReuse: false,
      bundling: CDK_BUNDLING,
      // Immutable: a construct that would quietly add rights cannot.
      role: role.withoutPolicyUpdates(),
      logGroup,
      tracing: Tracing.DISABLED,
      ...(props.recursiveLoop !== undefined && { recursiveLoop: props.recursiveLoop }),
    });
  }

  /** What an event source asks of the function's role; said where the source is defined. */
  addRights(...rights: readonly PolicyStatement[]): void {
    this.#rights.addStatements(...rights);
  }
}

function withoutUndefined(variables: Variables): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
