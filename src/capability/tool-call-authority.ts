import { Construct } from 'constructs';
import { Users } from './users';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems, refuse } from '../declaration/problems';
import type { IMachineClient } from '../machine-client/machine-client';
import type { IOAuth2Provider } from '../provider/oauth2-provider';
import { OAuth2Scope } from '../provider/oauth2-scope';
import { expectOneProvider } from '../provider/one-provider';

/** The provider of a machine client, beneath it. */
const PROVIDER_ID = 'Provider';

/** With what an agent gets into a gateway. */
export enum ToolCallAuthorityKind {
  /** The agent's role, by IAM. */
  AGENT_ROLE = 'the agent\'s role',
  /** A token of a machine client, by JWT. */
  MACHINE_CLIENT = 'a token of the agent itself',
  /** The token that the user came with, handed on, by JWT. */
  USER_TOKEN = 'the user\'s own token',
}

/** The client that an agent is to a gateway. */
export interface MachineClientOptions {
  /**
   * The scopes that the agent asks for: those that the gateway and its tools want.
   *
   * @default - none, which only a vendor without scopes takes
   */
  readonly scopes?: OAuth2Scope[];

  /**
   * The `client_id` claim of the client's tokens, to compare with the clients that the gateway lets in.
   *
   * @default - not compared
   */
  readonly clientId?: string;

  /**
   * The `aud` claim of the client's tokens, to compare with the audiences that the gateway lets in.
   *
   * @default - not compared
   */
  readonly audiences?: string[];
}

/** Whose token an agent hands on. */
export interface UserTokenOptions {
  /** For which users: `Users.inGroup(...)` or, with a reason, `Users.anyOfTheIssuer({ reason })`. */
  readonly users: Users;
}

/**
 * With whose authority an agent calls the tools of a gateway. It has to fit the gateway's way in: the agent's role for
 * `GatewayInbound.iam()`, one of the tokens for `GatewayInbound.jwt(...)`.
 */
export class ToolCallAuthority {
  /** The agent's role (SigV4). For gateways that callers enter by IAM. */
  public static agentRole(): ToolCallAuthority {
    return new ToolCallAuthority(ToolCallAuthorityKind.AGENT_ROLE);
  }

  /**
   * A token that the agent gets as itself from an OAuth2 provider (client credentials). For gateways that callers enter by JWT.
   *
   * @throws [ToolCallAuthority/Claim] when clientId or audiences are not texts
   * @throws [ToolCallAuthority/Client] when it is not one provider but a prefix of names
   */
  public static machineClient(provider: IOAuth2Provider, options: MachineClientOptions): ToolCallAuthority {
    const problems = new Problems();
    expectKnownFields(problems, options, ['scopes', 'clientId', 'audiences'], 'ToolCallAuthority.machineClient', 'ToolCallAuthority/UnknownField');
    expectOneProvider(problems, provider, 'ToolCallAuthority/Client');
    const values = [...(options?.clientId === undefined ? [] : [options.clientId]), ...(Array.isArray(options?.audiences) ? options.audiences : [])];
    problems.expect(options?.audiences === undefined || (Array.isArray(options.audiences) && options.audiences.length > 0), {
      code: 'ToolCallAuthority/Claim', what: 'audiences are not valid', received: options?.audiences, fix: 'Name at least one, or leave it out.',
    });
    values.forEach((value) => problems.expectText(value, {
      name: 'claim of the client\'s tokens', code: 'ToolCallAuthority/Claim', maximum: 512, pattern: /^\S+$/, allowed: 'a text without blanks', fix: 'Copy it from a token of the client.',
    }));
    problems.raise();
    return new ToolCallAuthority(ToolCallAuthorityKind.MACHINE_CLIENT, provider, options ?? {}, undefined);
  }

  /**
   * A token of a machine client that this app declares, with all of its scopes: whoever holds the client may ask for all of them. For
   * gateways that callers enter by JWT.
   *
   * In the template: one OAuth2 provider for the client, beside it, which all agents that are this client share. An agent in another
   * account or region needs a provider there: `machineClient(client.provider(scope, id), { scopes: client.scopes, clientId: client.clientId })`.
   *
   * @throws [ToolCallAuthority/Client] when it is no machine client
   */
  public static registeredClient(client: IMachineClient): ToolCallAuthority {
    if (typeof client !== 'object' || client === null || !('clientSecret' in client) || !('addOutputs' in client)) {
      refuse({
        code: 'ToolCallAuthority/Client', what: 'it is not a machine client', ...(typeof client === 'string' ? {} : { received: client }), fix: 'Pass what machines.addClient(...) or MachineClient.fromOidc(...) gave.',
      });
    }
    const provider = client.node.tryFindChild(PROVIDER_ID) as IOAuth2Provider | undefined ?? client.provider(client as unknown as Construct, PROVIDER_ID);
    return ToolCallAuthority.machineClient(provider, { scopes: [...client.scopes], clientId: client.clientId });
  }

  /**
   * The token that the agent's caller came with, handed on as it is. For gateways that callers enter by JWT, of the same issuer.
   *
   * No IAM right is needed, so IAM cannot take it away either: whoever holds the token gets in.
   *
   * @throws [Capability/Users] when the users are missing
   */
  public static userToken(options: UserTokenOptions): ToolCallAuthority {
    const problems = new Problems();
    expectKnownFields(problems, options, ['users'], 'ToolCallAuthority.userToken', 'ToolCallAuthority/UnknownField');
    problems.expect(options?.users instanceof Users, {
      code: 'Capability/Users',
      what: 'users of ToolCallAuthority.userToken must be given',
      received: options?.users,
      fix: 'Write users: Users.inGroup(\'…\') or Users.anyOfTheIssuer({ reason: \'…\' }).',
    });
    problems.raise();
    return new ToolCallAuthority(ToolCallAuthorityKind.USER_TOKEN, undefined, undefined, options.users);
  }

  private constructor(
    /** With what the agent gets in. */
    public readonly kind: ToolCallAuthorityKind,
    /**
     * The OAuth2 provider.
     *
     * @default - no machine client is used
     */
    public readonly provider?: IOAuth2Provider,
    /** @internal */
    public readonly _client?: MachineClientOptions,
    /**
     * The users.
     *
     * @default - no user's token is handed on
     */
    public readonly users?: Users,
  ) {}
}
