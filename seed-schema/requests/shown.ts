/** What people call something, and say of it. */
export const shown = {
  title: {
    type: ['string', 'null'],
    maxLength: 250,
    'x-allowed': 'a text of at most 250 characters, or null',
    description: 'For people.',
  },
  description: {
    type: ['string', 'null'],
    maxLength: 5000,
    'x-allowed': 'a text of at most 5000 characters, or null',
    description: 'For people.',
  },
} as const;
