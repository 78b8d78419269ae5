import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { createDynamoCampaignTable } from "../adapters/dynamo/campaign-table.ts";
import { createDocumentClient } from "../adapters/dynamo/document-client.ts";
import { createDynamoHistory } from "../adapters/dynamo/history.ts";
import { createLetterbox } from "../adapters/dynamo/letterbox.ts";
import { createDynamoStateTable } from "../adapters/dynamo/state-table.ts";
import { queueUrlsIn } from "../adapters/queue/queue-urls.ts";
import { createSqsClient, createSqsDispatcher } from "../adapters/queue/sqs-dispatcher.ts";
import { createSecretsManagerTokenShelf } from "../adapters/secrets/secrets-manager-token-shelf.ts";
import { badUse } from "./frame/refusal.ts";
import type { Place, PlaceChoice, Variables } from "./frame/surroundings.ts";

export interface OpenParts {
  readonly variables: Variables;
  readonly folder: string;
  /** Told of items that cannot be read, in a line each. */
  readonly complain: (message: string) => void;
}

const LOCAL_NAMES = { campaigns: "doorman-campaigns", state: "doorman-state", history: "doorman-history" } as const;
const DEFAULT_PORT = "8765";
const NO_TOKENS_HERE = "on one machine the token is given to Doorman itself: ECWID_STORE_ID=… ECWID_TOKEN=… npm start";

/** @returns the Doorman on this machine. @throws Refusal for a port that is none. */
export function openLocal({ variables, complain }: OpenParts): Place {
  const port = variables["DOORMAN_DATABASE_PORT"] || DEFAULT_PORT;
  if (!/^\d{1,5}$/.test(port)) throw badUse(`DOORMAN_DATABASE_PORT is "${port}": give a port number`);
  // Any credentials will do: the embedded database asks for some, and believes all.
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = createDocumentClient({ endpoint: `http://127.0.0.1:${port}`, region: "eu-central-1", credentials, maxAttempts: 1 });
  const state = { client, tableName: LOCAL_NAMES.state };
  return {
    campaigns: createDynamoCampaignTable({ client, tableName: LOCAL_NAMES.campaigns }),
    workings: {
      state: createDynamoStateTable({ ...state, onBrokenItem: complain }),
      history: createDynamoHistory({ client, tableName: LOCAL_NAMES.history, onBrokenItem: complain }),
      dispatcher: createLetterbox(state),
    },
    tokens: NO_TOKENS_HERE,
    afterwards: "Doorman takes it up within a second or two.",
    unreachable: `no Doorman runs on this machine (nothing answers at port ${port}): start one with npm start, or say --aws or --folder <dir>`,
    close: () => client.destroy(),
  };
}

/** @returns the Doorman on AWS. @throws Refusal if a table or the queue is not named. */
export function openAws(choice: PlaceChoice, { variables, complain }: OpenParts): Place {
  const named = (option: string, value: string | undefined, variable: string): string => {
    const name = value || variables[variable];
    if (name === undefined || name === "")
      throw badUse(`with --aws, say ${option} or set ${variable}: it stands in the outputs of the stack`);
    return name;
  };
  const campaigns = named("--campaigns-table", choice.campaignsTable, "DOORMAN_CAMPAIGNS_TABLE");
  const state = named("--state-table", choice.stateTable, "DOORMAN_STATE_TABLE");
  const history = named("--history-table", choice.historyTable, "DOORMAN_HISTORY_TABLE");
  const queueUrls = queueUrlsIn(named("--queue-url", choice.queueUrl, "DOORMAN_QUEUE_URL"));
  if (queueUrls === undefined) throw badUse("--queue-url and DOORMAN_QUEUE_URL name no queue: take the stack's output QueueUrl as it is");
  const [client, queue, secrets] = [createDocumentClient(), createSqsClient(), new SecretsManagerClient()];
  return {
    campaigns: createDynamoCampaignTable({ client, tableName: campaigns }),
    workings: {
      state: createDynamoStateTable({ client, tableName: state, onBrokenItem: complain }),
      history: createDynamoHistory({ client, tableName: history, onBrokenItem: complain }),
      dispatcher: createSqsDispatcher({ client: queue, queueUrls }),
    },
    tokens: createSecretsManagerTokenShelf({ client: secrets }),
    afterwards: "Doorman takes it up within seconds.",
    unreachable: "AWS does not answer: is there a network, and is AWS_ENDPOINT_URL what it should be?",
    close: () => {
      for (const each of [client, queue, secrets]) each.destroy();
    },
  };
}
