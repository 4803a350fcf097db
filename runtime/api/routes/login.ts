import { loginValidator } from '../../../seed-schema/index.ts';
import { logIn } from '../../auth/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { failureBody } from '../answer/failure.ts';
import type { Context } from '../context.ts';
import { LoginDocument, RefusedLoginDocument } from '../documents/access.ts';
import { operation } from '../operation.ts';
import type { Route } from '../route.ts';
import { addressNetwork, clientAddress } from '../safety/client-address.ts';
import { setPrincipal } from '../safety/principal.ts';

/** Scale's login: `/api-token-auth/`, outside the prefixes of its versions. */
export function loginRoutes({ db }: Context): Route[] {
  return [
    {
      path: '/api-token-auth',
      methods: {
        POST: operation({
          summary: 'Log in',
          description:
            'Gives a token for 30 days. After 10 failures for a name, or 50 from an address, in a quarter of an hour there is a 429 with `Retry-After`.',
          role: 'anyone',
          body: loginValidator,
          form: true,
          answers: { 200: LoginDocument, 400: RefusedLoginDocument },
          failures: [429],
          handle: async ({ response, body }) => {
            const address = addressNetwork(clientAddress(response));
            const credentials = { name: body.username, password: body.password, address };
            const loggedIn = await logIn(db, credentials).catch((thrown: unknown) => {
              if (thrown instanceof SeedbedError && thrown.error === 'login-limited')
                response.set('Retry-After', `${thrown.parameters.seconds}`);
              throw thrown;
            });
            if (loggedIn) {
              setPrincipal(response, loggedIn.principal);
              return { json: { token: loggedIn.token } };
            }
            const error = new SeedbedError('login-refused', {});
            const json = { non_field_errors: [error.message], ...failureBody(error, 'scale') };
            return { status: error.definition.status, json };
          },
        }),
      },
    },
  ];
}
