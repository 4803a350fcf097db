/** Who changes things through the service, for events: there is one token, and no users yet. */
export const actor = 'api';
