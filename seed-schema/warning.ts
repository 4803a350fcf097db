/** What is unwise or unexpected about a run, in what the commands print. */
export const warningSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'description'],
  properties: { name: { type: 'string' }, description: { type: 'string' } },
} as const;
