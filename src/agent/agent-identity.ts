import { aws_bedrockagentcore as agentcore } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IdentityLocation } from './identity-location';
import { runtimeId } from './runtime-id';
import { placeOf } from '../declaration/arn-text';
import { declareProperties } from '../declaration/declared-properties';
import { environmentOf, environmentOfResource } from '../declaration/environment';
import { Problems, refuse } from '../declaration/problems';

/** Expects a name that AgentCore accepts for a workload identity. */
function expectIdentityName(problems: Problems, name: string): void {
  problems.expectText(name, {
    name: 'workload identity name',
    code: 'AgentIdentity/Name',
    minimum: 3,
    maximum: 255,
    pattern: /^[A-Za-z0-9_.-]+$/,
    allowed: '3 to 255 letters, digits, dots, hyphens and underscores',
    fix: 'Change the name, or leave the identity out to have a name derived from stack and construct.',
  });
}

/** The workload identity that an agent acts under: one that is made with the agent, or one that exists already. */
export class AgentIdentity {
  /**
   * An identity that is made with the agent, under this name: 3 to 255 letters, digits, dots, hyphens and underscores, unique
   * in the account and region. A change of name replaces the identity, and the users' consents are lost.
   *
   * @throws [AgentIdentity/Name] when the name is not valid
   */
  public static named(name: string): AgentIdentity {
    const problems = new Problems();
    expectIdentityName(problems, name);
    problems.raise();
    return new AgentIdentity(true, (scope) => ({ scope: environmentOf(scope), name }));
  }

  /**
   * An identity of this name that exists already in the account and region of the agent's stack. Its tags and its return URLs
   * are its owner's to set; the access report says so.
   *
   * @throws [AgentIdentity/Name] when the name is not valid
   */
  public static fromName(name: string): AgentIdentity {
    const problems = new Problems();
    expectIdentityName(problems, name);
    problems.raise();
    return new AgentIdentity(false, (scope) => ({ scope: environmentOf(scope), name }));
  }

  /**
   * An identity with this ARN, which may be in another Region than the agent's stack, or known only at deployment. The
   * agent's providers must be where the identity is.
   *
   * @throws [AgentIdentity/Arn] when it is not the ARN of a workload identity
   */
  public static fromArn(arn: string): AgentIdentity {
    const location = expectIdentityArn(arn);
    return new AgentIdentity(false, () => location);
  }

  /**
   * An identity made with another construct: the official L2 `WorkloadIdentity`, the L1, or an import of either. Its
   * `grantUse` is not called; it would allow user ids without a token.
   *
   * @throws [AgentIdentity/Ref] when it is not a workload identity
   */
  public static fromRef(identity: agentcore.IWorkloadIdentityRef): AgentIdentity {
    if (typeof identity !== 'object' || identity === null || !('workloadIdentityRef' in identity)) {
      refuse({
        code: 'AgentIdentity/Ref', what: 'it is not a workload identity', received: identity, fix: 'Pass a WorkloadIdentity or a CfnWorkloadIdentity; for a name or an ARN write AgentIdentity.fromName or .fromArn.',
      });
    }
    return new AgentIdentity(false, (scope) => {
      const l1 = agentcore.CfnWorkloadIdentity.isCfnWorkloadIdentity(identity) ? identity : identity.node.defaultChild;
      if (agentcore.CfnWorkloadIdentity.isCfnWorkloadIdentity(l1)) {
        declareProperties(scope, l1, { name: l1.name });
        return { scope: environmentOf(l1), name: l1.name };
      }
      const { workloadIdentityArn, workloadIdentityName } = identity.workloadIdentityRef;
      return { scope: expectIdentityArn(workloadIdentityArn).scope, name: workloadIdentityName };
    });
  }

  /**
   * The identity that AWS makes with a runtime; its name is the runtime's id.
   *
   * @internal
   */
  public static _ofRuntime(runtime: agentcore.IRuntimeRef): AgentIdentity {
    return new AgentIdentity(false, () => ({
      scope: environmentOfResource(runtime),
      name: runtimeId(runtime),
    }), true);
  }

  private constructor(
    /** Whether the identity is made with the agent. */
    public readonly ownedByAgent: boolean,
    /** @internal */
    public readonly _locate: (scope: Construct) => IdentityLocation,
    /** Whether AWS made it with a runtime, and mints its tokens itself. @internal */
    public readonly _ofService: boolean = false,
  ) {}
}

function expectIdentityArn(arn: string): IdentityLocation {
  return placeOf(arn, 'workload-identity-directory/default/workload-identity', /^[A-Za-z0-9_.-]{3,255}$/) ?? refuse({
    code: 'AgentIdentity/Arn',
    what: 'workload identity ARN is not valid',
    received: arn,
    allowed: 'arn:<partition>:bedrock-agentcore:<region>:<account>:workload-identity-directory/default/workload-identity/<name>',
    fix: 'Copy it from the identity.',
  });
}
