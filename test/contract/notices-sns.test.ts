import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createSnsClient, createSnsNotices } from "../../lib/adapters/notices/sns-notices.ts";
import type { Notice } from "../../lib/application/ports/notices.ts";

const topicArn = "arn:aws:sns:eu-central-1:123456789012:Doorman-Alerts";
const notice: Notice = {
  subject: "[Doorman] Store 1003: Ecwid refuses the token",
  text: 'Store 1003: Ecwid refuses the token.\n\nWHAT TO DO\n1. "Schwarzer Freitag" öffnen\n',
  attributes: { alarm: "token-dead", stores: ["1003", "1004"] },
};

/** A stand-in for SNS that speaks its query protocol: a form in, XML out. */
async function startSns(answer: (form: URLSearchParams) => { readonly status: number; readonly body: string }) {
  const forms: URLSearchParams[] = [];
  const server: Server = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    forms.push(form);
    const { status, body } = answer(form);
    response.writeHead(status, { "content-type": "text/xml" }).end(body);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the stand-in has no port");
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { endpoint: `http://127.0.0.1:${address.port}`, forms, stop };
}

const PUBLISHED = `<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m-1</MessageId></PublishResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></PublishResponse>`;
const REFUSED = `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>NotFound</Code><Message>Topic does not exist</Message></Error><RequestId>r-2</RequestId></ErrorResponse>`;

/** @returns the attributes of a form: `MessageAttributes.entry.1.Name`, `….Value.DataType`, `….Value.StringValue`. */
function attributesIn(form: URLSearchParams): Record<string, readonly [type: string | null, value: string | null]> {
  const entries: [string, readonly [string | null, string | null]][] = [];
  for (let index = 1; form.has(`MessageAttributes.entry.${index}.Name`); index += 1) {
    const at = `MessageAttributes.entry.${index}`;
    entries.push([String(form.get(`${at}.Name`)), [form.get(`${at}.Value.DataType`), form.get(`${at}.Value.StringValue`)]]);
  }
  return Object.fromEntries(entries);
}

describe("notices on SNS", { timeout: 60_000 }, () => {
  let service: Awaited<ReturnType<typeof startSns>>;
  beforeAll(async () => {
    service = await startSns((form) =>
      form.get("TopicArn")?.endsWith("gone") ? { status: 404, body: REFUSED } : { status: 200, body: PUBLISHED },
    );
    vi.stubEnv("AWS_ENDPOINT_URL", service.endpoint);
  }, 60_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await service.stop();
  });

  const noticesTo = (arn: string) => {
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    return createSnsNotices({ client: createSnsClient({ region: "eu-central-1", credentials }), topicArn: arn });
  };

  it("go to the topic through AWS_ENDPOINT_URL, with the subject, the text as it is, and the attributes beside it", async () => {
    await noticesTo(topicArn).publish(notice);

    const form = service.forms.at(-1) ?? new URLSearchParams();
    expect(Object.fromEntries(["Action", "TopicArn", "Subject", "Message"].map((name) => [name, form.get(name)]))).toEqual({
      Action: "Publish",
      TopicArn: topicArn,
      Subject: notice.subject,
      Message: notice.text,
    });
    expect(attributesIn(form)).toEqual({ alarm: ["String", "token-dead"], stores: ["String.Array", '["1003","1004"]'] });
  });

  it("that are refused are passed on as an error: nobody has been told", async () => {
    await expect(noticesTo(`${topicArn}-gone`).publish(notice)).rejects.toThrow("Topic does not exist");
  });
});
