import { EnforcementLayer } from '../../capability/enforcement-layer';
import { agentCoreResources } from '../../synthesized/agentcore-resources';
import { asRecord } from '../../synthesized/record';
import { SynthesizedApp, SynthesizedResource } from '../../synthesized/synthesized-app';
import { CheckSeverity } from '../check-severity';
import { Rule } from '../rule';

const LAYERS: readonly string[] = Object.values(EnforcementLayer);

export const UNENFORCED_GROUP_LIMIT: Rule = {
  id: 'unenforced-group-limit',
  severity: CheckSeverity.ERROR,
  title: 'A group of users is meant, and nothing tells its members apart',
  why: 'IAM knows no groups. A limit to a group that no authorizer, no Cedar policy and no code checks is a comment.',
  fix: '`Users.inGroup(...)` on a capability with `callers` that check the claim, `enforcedByApplication`, or `ToolAccess` of `new ToolGateway(...)`.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/inbound-jwt-authorizer.html',
  trigger: 'an access report whose limit names no layer; a required claim for groups whose list of values is empty',
  find: ({ app }) => [...reported(app), ...agentCoreResources(app).flatMap(({ resource, forms }) => forms
    .flatMap(({ value }) => emptyClaims(value.AuthorizerConfiguration)).map((claim) => ({ resource, location: 'Properties.AuthorizerConfiguration', detail: `claim ${claim} has no value to match` })))],
};

/** Limits of the access report that no layer holds. What was made by another version of this library, or by hand, may have them. */
function reported(app: SynthesizedApp) {
  const agents = asRecord(app.access).agents;
  return (Array.isArray(agents) ? agents : []).flatMap((agent: unknown) => {
    const { path, capabilities } = asRecord(agent);
    const limits = (Array.isArray(capabilities) ? capabilities : []).flatMap((capability: unknown) => asRecord(capability).limits ?? []) as unknown[];
    return limits.map(asRecord)
      .filter(({ limit, enforcedBy }) => /group/i.test(String(limit)) && !LAYERS.includes(String(enforcedBy)))
      .flatMap(({ limit }) => resourceBelow(app, String(path))
        .map((resource) => ({ resource, location: 'agentcore-access.json', detail: `${String(limit)} is enforced by nobody` })));
  });
}

/** The first resource of an agent, which stands for it. */
function resourceBelow(app: SynthesizedApp, path: string): SynthesizedResource[] {
  return app.stacks.flatMap(({ resources }) => resources).filter((resource) => resource.path.startsWith(`${path}/`)).slice(0, 1);
}

function emptyClaims(authorizer: unknown): string[] {
  const claims = asRecord(asRecord(authorizer).CustomJWTAuthorizer).CustomClaims;
  return (Array.isArray(claims) ? claims : []).map(asRecord).filter((claim) => {
    const { MatchValueString: one, MatchValueStringList: list } = asRecord(asRecord(claim.AuthorizingClaimMatchValue).ClaimMatchValue);
    return (one === undefined || one === '') && (list === undefined || (Array.isArray(list) && list.length === 0));
  }).map((claim) => String(claim.InboundTokenClaimName));
}
