/** What the functions of a stack find in their environment, in one: each reads what it needs. */
export const DEPLOYED_VARIABLES = {
  AWS_REGION: "eu-central-1",
  CAMPAIGNS_TABLE: "campaigns",
  STATE_TABLE: "state",
  HISTORY_TABLE: "history",
  QUEUE_URL: "https://sqs.eu-central-1.amazonaws.com/1/Doorman-stores.fifo",
  SECRET_PREFIX: "doorman/stores/",
  DEPLOYMENT: "Doorman",
  TOPIC_ARN: "arn:aws:sns:eu-central-1:1:Doorman-Alerts",
  TICK_RULE: "Doorman-TicksEveryMinute",
};
