// An OpenID Connect provider for tests, with the choices of ProConnect: code and PKCE only, client_secret_post, what it says
// of a person signed (application/jwt). No consent page: who signed in has consented.
import { generateKeyPairSync } from 'node:crypto';
import Provider from 'oidc-provider';

const [port, redirect] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

const key = (kid, kind, options, alg) => ({
  ...generateKeyPairSync(kind, options).privateKey.export({ format: 'jwk' }), kid, alg, use: 'sig',
});
const client = (id, alg) => ({
  client_id: id,
  client_secret: 'secret-de-test',
  redirect_uris: [redirect],
  grant_types: ['authorization_code'],
  response_types: ['code'],
  token_endpoint_auth_method: 'client_secret_post',
  id_token_signed_response_alg: alg,
  userinfo_signed_response_alg: alg,
});

const provider = new Provider(issuer, {
  clients: [client('histologe', 'RS256'), client('histologe-ec', 'ES256')],
  jwks: { keys: [key('rsa', 'rsa', { modulusLength: 2048 }, 'RS256'), key('ec', 'ec', { namedCurve: 'P-256' }, 'ES256')] },
  cookies: { keys: ['essai'] },
  pkce: { methods: ['S256'], required: () => true },
  claims: { openid: ['sub'], email: ['email'], given_name: ['given_name'], usual_name: ['usual_name'] },
  scopes: ['openid', 'email', 'given_name', 'usual_name'],
  enabledJWA: { idTokenSigningAlgValues: ['RS256', 'ES256'], userinfoSigningAlgValues: ['RS256', 'ES256'] },
  features: { devInteractions: { enabled: true }, jwtUserinfo: { enabled: true } },
  findAccount: (ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: `sujet-${id}`, email: id, given_name: 'Élodie', usual_name: 'Durand' }),
  }),
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope('openid email given_name usual_name');
    await grant.save();
    return grant;
  },
});
provider.listen(Number(port), '127.0.0.1');
