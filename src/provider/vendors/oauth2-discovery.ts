import { Token } from 'aws-cdk-lib';
import { expectIssuer } from './issuer';
import { expectKnownFields } from '../../declaration/known-fields';
import { Problems } from '../../declaration/problems';
import { expectWebAddress } from '../../declaration/web-address';

const WELL_KNOWN = '/.well-known/openid-configuration';

/** What AgentCore has to know about an authorization server that publishes no metadata. */
export interface OAuth2ServerMetadata {
  /** The issuer, exactly as the server's tokens spell it: with a slash at the end only if they have one. */
  readonly issuer: string;

  /** Where users are sent to sign in and consent. */
  readonly authorizationEndpoint: string;

  /** Where codes and client credentials are exchanged for tokens. */
  readonly tokenEndpoint: string;

  /**
   * The `response_type` values that the server supports.
   *
   * @default - not told to AgentCore
   */
  readonly responseTypes?: string[];
}

/**
 * How AgentCore finds the endpoints of an authorization server.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_Oauth2Discovery.html
 */
export class OAuth2Discovery {
  /**
   * From the server's own metadata.
   *
   * @param discoveryUrl an https address that ends in `/.well-known/openid-configuration`
   * @throws [OAuth2Discovery/Url] when it is not such an address
   */
  public static url(discoveryUrl: string): OAuth2Discovery {
    const problems = new Problems();
    expectWebAddress(problems, discoveryUrl, {
      name: 'discovery URL',
      code: 'OAuth2Discovery/Url',
      mustEndWith: WELL_KNOWN,
      fix: `Append ${WELL_KNOWN} to the issuer, or tell the endpoints with OAuth2Discovery.serverMetadata({ … }).`,
    });
    problems.raise();
    return new OAuth2Discovery({ discoveryUrl });
  }

  /**
   * As told here, for a server without metadata, or with other endpoints than its metadata names.
   *
   * @throws [OAuth2Discovery/Issuer], [OAuth2Discovery/AuthorizationEndpoint] or [OAuth2Discovery/TokenEndpoint] when one is
   * not an https address
   * @throws [OAuth2Discovery/ResponseTypes] when the list is empty, or has a value twice or an unusable one
   * @throws [OAuth2Discovery/UnknownField] for any other field
   */
  public static serverMetadata(metadata: OAuth2ServerMetadata): OAuth2Discovery {
    const { issuer, authorizationEndpoint, tokenEndpoint, responseTypes } = metadata ?? {};
    const problems = new Problems();
    expectKnownFields(problems, metadata ?? {}, ['issuer', 'authorizationEndpoint', 'tokenEndpoint', 'responseTypes'], 'OAuth2Discovery.serverMetadata', 'OAuth2Discovery/UnknownField');
    expectIssuer(problems, issuer, 'OAuth2Discovery/Issuer');
    expectEndpoint(problems, authorizationEndpoint, 'authorizationEndpoint', 'OAuth2Discovery/AuthorizationEndpoint');
    expectEndpoint(problems, tokenEndpoint, 'tokenEndpoint', 'OAuth2Discovery/TokenEndpoint');
    expectResponseTypes(problems, responseTypes);
    problems.raise();
    return new OAuth2Discovery({
      authorizationServerMetadata: {
        issuer,
        authorizationEndpoint,
        tokenEndpoint,
        ...(responseTypes !== undefined ? { responseTypes: [...responseTypes] } : {}),
      },
    }, tokenEndpoint);
  }

  private constructor(
    private readonly configuration: object,
    /** Where tokens are got, if it is told here. @internal */
    public readonly _tokenEndpoint?: string,
  ) {}

  /** @internal */
  public _render(): object {
    return this.configuration;
  }
}

function expectEndpoint(problems: Problems, address: unknown, name: string, code: string): void {
  expectWebAddress(problems, address, { name, code, queryAllowed: true, fix: 'Copy it from the documentation of the authorization server.' });
}

function expectResponseTypes(problems: Problems, responseTypes: string[] | undefined): void {
  if (responseTypes === undefined || Token.isUnresolved(responseTypes)) {
    return;
  }
  const good = Array.isArray(responseTypes) && responseTypes.length > 0 && new Set(responseTypes).size === responseTypes.length
    && responseTypes.every((type) => typeof type === 'string' && (Token.isUnresolved(type) || /^[a-z_]+(?: [a-z_]+)*$/.test(type)));
  problems.expect(good, {
    code: 'OAuth2Discovery/ResponseTypes',
    what: 'responseTypes are not valid',
    received: responseTypes,
    allowed: 'at least one response_type such as code, each once',
    fix: 'Name the response types that the server supports, or leave the field out.',
  });
}
