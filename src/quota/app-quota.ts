import { aws_bedrockagentcore as agentcore, CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { QuotaName } from './aws-quotas';
import { overQuota, quotaOf } from './quota';
import { Problems } from '../declaration/problems';
import { readable } from '../declaration/readable';
import { environmentKey } from '../provider/provider-key';

/** What one resource takes of which quotas: AWS makes an identity with each runtime and each gateway. */
function taken(resource: IConstruct): QuotaName[] {
  if (agentcore.CfnWorkloadIdentity.isCfnWorkloadIdentity(resource)) {
    return ['workloadIdentity'];
  }
  if (agentcore.CfnRuntime.isCfnRuntime(resource)) {
    return ['workloadIdentity', 'runtime'];
  }
  return agentcore.CfnGateway.isCfnGateway(resource) ? ['workloadIdentity', 'gateway'] : [];
}

const WHAT: Partial<Record<QuotaName, { readonly what: string; readonly fix: string }>> = {
  workloadIdentity: { what: 'workload identities, one for each agent, runtime and gateway that are made here,', fix: 'Divide the agents among accounts or regions.' },
  gateway: { what: 'gateways', fix: 'Let agents share gateways, or divide them among accounts or regions.' },
  runtime: { what: 'runtimes', fix: 'Divide them among accounts or regions.' },
};

/**
 * What the whole app makes in one account and region, against AWS's quotas. Also counts what other constructs make: the account does,
 * too. What other apps make is not known.
 */
export function appQuotaProblems(root: IConstruct): string[] {
  const counted = new Map<string, IConstruct[]>();
  for (const construct of root.node.root.node.findAll()) {
    for (const quota of CfnResource.isCfnResource(construct) ? taken(construct) : []) {
      const key = `${quota} ${environmentKey(construct, Stack.of(construct))}`;
      const all = counted.get(key);
      if (all === undefined) {
        counted.set(key, [construct]);
      } else {
        all.push(construct);
      }
    }
  }
  const problems = new Problems();
  for (const [key, constructs] of [...counted].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const name = key.split(' ')[0] as QuotaName;
    const quota = quotaOf(root, name);
    const { account, region } = Stack.of(constructs[0]);
    if (constructs.length > quota.limit) {
      problems.add(overQuota(quota, constructs.length, {
        code: 'Quota/Exceeded',
        what: `the app makes ${constructs.length} ${WHAT[name]!.what} in account ${readable(account, '(known at deployment)')}, region ${readable(region, '(known at deployment)')}`,
        fix: WHAT[name]!.fix,
      }));
    }
  }
  return problems.messages();
}
