/** Imported where it is needed; see `workspace/s3/sdk.ts`. */
export {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
