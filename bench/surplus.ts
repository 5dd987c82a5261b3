import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiKeyArn, AUDIENCE, FleetMaker, identityArn, ISSUER, namesOf, oauth2Arn } from './fleet';
import { deploy, FakeAccount } from '../test/simulation/fake-account';
import { asList } from '../test/simulation/policy-document';
import { policiesOf } from '../test/simulation/principal-policies';
import { everyRequest, sweep } from '../test/simulation/sweep';

/** Rights of one fleet. */
export interface SurplusRow {
  readonly 'agents': number;
  readonly 'fleet': string;
  readonly 'requests': number;
  readonly 'needed': number;
  readonly 'missing': number;
  readonly 'surplus': number;
  readonly 'surplus per needed': number;
}

/** Size of the policies of one fleet: the mean of its roles, as JSON without white space, every value resolved. */
export interface PolicySizeRow {
  readonly 'agents': number;
  readonly 'fleet': string;
  readonly 'bytes per agent role': number;
  readonly 'statements per agent role': number;
  readonly 'bytes per page role': number;
  readonly 'statements per page role': number;
}

const claims = (iss: string, aud: string) => ({ 'bedrock-agentcore:InboundJwtClaim/iss': iss, 'bedrock-agentcore:InboundJwtClaim/aud': [aud] });

/**
 * Surplus rights for each needed one, and the size of policies. A right is a request of the whole product (role x identity x
 * provider x secret x operation x context) that is allowed. Needed are those that follow from what the agents do, said here
 * by hand.
 */
export async function surplus(size: number, make: FleetMaker): Promise<{ rights: SurplusRow; policies: PolicySizeRow }> {
  const outdir = mkdtempSync(join(tmpdir(), 'surplus-'));
  try {
    const fleet = make(size, outdir);
    const account = deploy(fleet.app);
    const agents = [...Array(size).keys()].map(namesOf);
    const named = (names: string[], arn: (name: string) => string) => Object.fromEntries(names.map((name) => [name, arn(name)]));
    const oauth2 = agents.map((names) => names.oauth2);
    const apiKeys = agents.map((names) => names.apiKey);
    const requests = everyRequest({
      identities: named(agents.map(({ identity }) => identity), identityArn),
      oauth2Providers: named(oauth2, oauth2Arn),
      apiKeyProviders: named(apiKeys, apiKeyArn),
      secrets: { ...named(oauth2, (name) => fleet.secretArn('oauth2', name)), ...named(apiKeys, (name) => fleet.secretArn('apikey', name)) },
      jwtContexts: { user: claims(ISSUER, AUDIENCE), stranger: claims('https://evil.example.com', AUDIENCE), ofOtherApp: claims(ISSUER, 'api://payroll') },
      userIds: { plain: 'alice' },
    });
    const roles = agents.flatMap(({ role, page }) => [role, page]);
    const allowed = await sweep(account, named(roles, (name) => name), requests);
    const needed = new Set(agents.flatMap((names) => [
      `${names.role} | GetWorkloadAccessTokenForJWT | identity=${names.identity} jwt=user`,
      `${names.role} | GetResourceOauth2Token | identity=${names.identity} provider=${names.oauth2}`,
      `${names.role} | GetResourceApiKey | identity=${names.identity} provider=${names.apiKey}`,
      `${names.role} | GetSecretValue | secret=${names.oauth2} through a service`,
      `${names.role} | GetSecretValue | secret=${names.apiKey} through a service`,
      `${names.page} | CompleteResourceTokenAuth | identity=${names.identity} provider=${names.oauth2} jwt=user`,
      `${names.page} | GetSecretValue | secret=${names.oauth2} through a service`,
    ]));
    const beyond = allowed.filter((line) => !needed.has(line)).length;
    const [agentRole, pageRole] = [agents.map(({ role }) => role), agents.map(({ page }) => page)].map((names) => policySize(account, names));
    return {
      rights: {
        'agents': size,
        'fleet': fleet.title,
        'requests': requests.length * roles.length,
        'needed': needed.size,
        'missing': [...needed].filter((line) => !allowed.includes(line)).length,
        'surplus': beyond,
        'surplus per needed': Number((beyond / needed.size).toFixed(1)),
      },
      policies: {
        'agents': size,
        'fleet': fleet.title,
        'bytes per agent role': agentRole.bytes,
        'statements per agent role': agentRole.statements,
        'bytes per page role': pageRole.bytes,
        'statements per page role': pageRole.statements,
      },
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function policySize(account: FakeAccount, roles: string[]): { bytes: number; statements: number } {
  const documents = roles.map((role) => policiesOf(account).principal(role).policies.map(({ document }) => document));
  const mean = (values: number[]) => Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);
  return {
    bytes: mean(documents.map((each) => each.reduce((sum, document) => sum + JSON.stringify(document).length, 0))),
    statements: mean(documents.map((each) => each.reduce((sum, document) => sum + asList(document.Statement).length, 0))),
  };
}
