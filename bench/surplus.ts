import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AUDIENCE, ENV, Fleet, ISSUER, namesOf, officialFleet, ourFleet } from './fleet';
import { deploy, FakeAccount } from '../test/simulation/fake-account';
import { asList } from '../test/simulation/policy-document';
import { policiesOf } from '../test/simulation/principal-policies';
import { everyRequest, sweep } from '../test/simulation/sweep';

/*
 * Surplus rights for each needed one, and the size of policies, of a fleet declared with this library and of the same fleet
 * on the official L2s: `CDK_VALIDATION=false ts-node -T -P bench/tsconfig.json bench/surplus.ts [sizes]`.
 *
 * A right is a request of the whole product (role x identity x provider x secret x operation x context) that is allowed. Needed
 * are those that follow from the declarations, said here by hand.
 */
interface Row {
  readonly agents: number;
  readonly fleet: string;
  readonly requests: number;
  readonly needed: number;
  readonly missing: number;
  readonly surplus: number;
  readonly surplusPerNeeded: string;
  readonly bytesPerAgentRole: number;
  readonly statementsPerAgentRole: number;
  readonly bytesPerPageRole: number;
  readonly statementsPerPageRole: number;
}

const AC = `arn:aws:bedrock-agentcore:${ENV.region}:${ENV.account}`;
const claims = (iss: string, aud: string) => ({ 'bedrock-agentcore:InboundJwtClaim/iss': iss, 'bedrock-agentcore:InboundJwtClaim/aud': [aud] });

async function measure(size: number, make: (size: number, outdir: string) => Fleet): Promise<Row> {
  const outdir = mkdtempSync(join(tmpdir(), 'surplus-'));
  try {
    const fleet = make(size, outdir);
    const account = deploy(fleet.app);
    const agents = [...Array(size).keys()].map(namesOf);
    const named = (names: string[], arn: (name: string) => string) => Object.fromEntries(names.map((name) => [name, arn(name)]));
    const requests = everyRequest({
      identities: named(agents.map(({ identity }) => identity), (name) => `${AC}:workload-identity-directory/default/workload-identity/${name}`),
      oauth2Providers: named(agents.map(({ oauth2 }) => oauth2), (name) => `${AC}:token-vault/default/oauth2credentialprovider/${name}`),
      apiKeyProviders: named(agents.map(({ apiKey }) => apiKey), (name) => `${AC}:token-vault/default/apikeycredentialprovider/${name}`),
      secrets: { ...named(agents.map(({ oauth2 }) => oauth2), (name) => fleet.secretArn('oauth2', name)), ...named(agents.map(({ apiKey }) => apiKey), (name) => fleet.secretArn('apikey', name)) },
      jwtContexts: { user: claims(ISSUER, AUDIENCE), stranger: claims('https://evil.example.com', AUDIENCE), ofOtherApp: claims(ISSUER, 'api://payroll') },
      userIds: { plain: 'alice' },
    });
    const roles = agents.flatMap(({ role, page }) => [role, page]);
    const allowed = await sweep(account, named(roles, (name) => name), requests);
    const needed = new Set(agents.flatMap(({ identity, oauth2, apiKey, role, page }) => [
      `${role} | GetWorkloadAccessTokenForJWT | identity=${identity} jwt=user`,
      `${role} | GetResourceOauth2Token | identity=${identity} provider=${oauth2}`,
      `${role} | GetResourceApiKey | identity=${identity} provider=${apiKey}`,
      `${role} | GetSecretValue | secret=${oauth2} through a service`,
      `${role} | GetSecretValue | secret=${apiKey} through a service`,
      `${page} | CompleteResourceTokenAuth | identity=${identity} provider=${oauth2} jwt=user`,
      `${page} | GetSecretValue | secret=${oauth2} through a service`,
    ]));
    const surplus = allowed.filter((line) => !needed.has(line)).length;
    return {
      agents: size,
      fleet: fleet.title,
      requests: requests.length * roles.length,
      needed: needed.size,
      missing: [...needed].filter((line) => !allowed.includes(line)).length,
      surplus,
      surplusPerNeeded: (surplus / needed.size).toFixed(1),
      ...policySize(account, 'AgentRole', agents.map(({ role }) => role)),
      ...policySize(account, 'PageRole', agents.map(({ page }) => page)),
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Mean size of the policies of some roles, as JSON without white space, every value resolved. */
function policySize<T extends 'AgentRole' | 'PageRole'>(account: FakeAccount, kind: T, roles: string[]): Record<`bytesPer${T}` | `statementsPer${T}`, number> {
  const documents = roles.map((role) => policiesOf(account).principal(role).policies.map(({ document }) => document));
  const mean = (values: number[]) => Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);
  return {
    [`bytesPer${kind}`]: mean(documents.map((each) => each.reduce((sum, document) => sum + JSON.stringify(document).length, 0))),
    [`statementsPer${kind}`]: mean(documents.map((each) => each.reduce((sum, document) => sum + asList(document.Statement).length, 0))),
  } as Record<`bytesPer${T}` | `statementsPer${T}`, number>;
}

async function main(sizes: number[]): Promise<void> {
  const rows: Row[] = [];
  for (const size of sizes) {
    for (const make of [ourFleet, officialFleet]) rows.push(await measure(size, make));
  }
  const columns = Object.keys(rows[0]) as (keyof Row)[];
  const line = (cells: (string | number)[]) => `| ${cells.join(' | ')} |\n`;
  process.stdout.write(line(columns.map((column) => column.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`))));
  process.stdout.write(line(columns.map((column) => (column === 'fleet' ? '---' : '---:'))));
  rows.forEach((row) => process.stdout.write(line(columns.map((column) => row[column]))));
}

const sizes = process.argv.slice(2).map(Number);
void main(sizes.length > 0 ? sizes : [1, 3, 10, 30]);
