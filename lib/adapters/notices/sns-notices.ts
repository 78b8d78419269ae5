import { type MessageAttributeValue, PublishCommand, SNSClient, type SNSClientConfig } from "@aws-sdk/client-sns";
import type { Notice, Notices } from "../../application/ports/notices.ts";

/** @param configuration overrides for the SDK's own, which reads `AWS_ENDPOINT_URL` and retries what may be retried. */
export function createSnsClient(configuration: SNSClientConfig = {}): SNSClient {
  return new SNSClient(configuration);
}

/**
 * @param topicArn of a standard topic.
 * @returns notices as messages to it. Attributes travel beside the text, so that a mail holds the text alone, and a subscription can filter by
 *   them (https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html: `String`, and `String.Array` as JSON).
 */
export function createSnsNotices({ client, topicArn }: { readonly client: SNSClient; readonly topicArn: string }): Notices {
  return {
    async publish({ subject, text, attributes }) {
      await client.send(
        new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: text, MessageAttributes: attributeValues(attributes) }),
      );
    },
  };
}

function attributeValues(attributes: Notice["attributes"]): Record<string, MessageAttributeValue> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      typeof value === "string"
        ? { DataType: "String", StringValue: value }
        : { DataType: "String.Array", StringValue: JSON.stringify(value) },
    ]),
  );
}
