import type {
  ContentObject,
  OpenApiDocument,
  OperationObject,
  PathMethod,
  Reference,
  ResponseObject,
  Schema,
} from '../types.ts';
import { escaped, html, table } from './html.ts';
import { typeWords } from './type-words.ts';

/** What can be done at an address, to be unfolded. */
export function operationHtml(
  document: OpenApiDocument,
  path: string,
  method: PathMethod,
  operation: OperationObject,
): string {
  const { operationId, summary, description, parameters, requestBody, responses } = operation;
  const given = table(
    ['parameter', 'in', 'type', ''],
    parameters.map(({ name, in: place, required, schema, description: words }) => [
      `<code${required ? ' class="needed"' : ''}>${escaped(name)}</code>`,
      place,
      typeWords(schema),
      html(words),
    ]),
  );
  const answers = table(
    ['status', 'body', ''],
    Object.entries(responses).map(([status, answer]) => {
      const { description: words, content } = resolved(document, answer);
      return [status, contentHtml(content), html(words)];
    }),
  );
  return `<details><summary><span class="method ${method}">${method.toUpperCase()}</span>
<code>${escaped(path)}</code> <span>${html(summary)}</span><span class="role">${operation['x-role'] ?? 'anyone'}</span></summary>
<div id="${operationId}"><p>${html(description)}</p>${given}${
    requestBody ? `<h4>Body</h4><p>${contentHtml(requestBody.content)}</p>` : ''
  }<h4>Answers</h4>${answers}</div></details>`;
}

function contentHtml(content: ContentObject = {}): string {
  return Object.entries(content)
    .map(([type, { schema }]) => {
      const isAny = Object.keys(schema as Schema).length === 0;
      return `<code>${escaped(type)}</code>${isAny ? '' : ` ${typeWords(schema)}`}`;
    })
    .join('<br>');
}

function resolved(document: OpenApiDocument, answer: ResponseObject | Reference): ResponseObject {
  if (!('$ref' in answer)) return answer;
  return document.components.responses[answer.$ref.split('/').at(-1)!]!;
}
