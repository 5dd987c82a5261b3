import { Problems } from '../declaration/problems';

/** What the gateway's role may do at a service. */
export interface RolePermissionOptions {
  /** Actions in full, such as `execute-api:Invoke`. No wildcards. */
  readonly actions: string[];
  /** ARNs of the resources. */
  readonly resources: string[];
  /**
   * Why a resource has a wildcard. It stands in the access report.
   *
   * @default - a resource with a wildcard is an error
   */
  readonly wildcardReason?: string;
}

/**
 * A right of the gateway's role at the service behind a target, for targets that the gateway calls with its role. The role is one
 * for all targets of the gateway, so it is the ceiling of every caller.
 */
export class RolePermission {
  /**
   * Actions on resources.
   *
   * @throws [RolePermission/Actions] when there is no action, one with a wildcard, or one that hands out credentials
   * @throws [RolePermission/Resources] when there is no resource, or one with a wildcard and no reason
   */
  public static to(options: RolePermissionOptions): RolePermission {
    const problems = new Problems();
    const { actions = [], resources = [] } = options;
    problems.expect(actions.length > 0 && actions.every((action) => typeof action === 'string' && /^[a-z0-9-]+:[A-Za-z0-9]+$/.test(action)), {
      code: 'RolePermission/Actions', what: 'actions are not valid', received: actions, allowed: 'actions in full, such as execute-api:Invoke', fix: 'Name each action, without wildcards.',
    });
    const tokens = actions.filter((action) => /^bedrock-agentcore:(GetWorkloadAccessToken|GetResource|CompleteResourceTokenAuth)/i.test(action) || /^(sts|iam):/i.test(action));
    problems.expect(tokens.length === 0, {
      code: 'RolePermission/Actions', what: 'actions that hand out credentials cannot be given here', received: tokens, fix: 'They follow from TargetCredentials.',
    });
    problems.expect(resources.length > 0 && resources.every((resource) => typeof resource === 'string' && resource !== ''), {
      code: 'RolePermission/Resources', what: 'no resources are given', received: resources, fix: 'Give the ARNs.',
    });
    if (resources.some((resource) => /[*?]/.test(String(resource)))) {
      problems.expectText(options.wildcardReason, {
        name: 'wildcardReason',
        code: 'RolePermission/Resources',
        minimum: 10,
        forPeople: true,
        maximum: 500,
        allowed: 'a sentence of 10 to 500 characters, since a resource has a wildcard',
        fix: 'Name the resource exactly, or say why it cannot be.',
      });
    }
    problems.raise();
    return new RolePermission([...actions], [...resources], options.wildcardReason);
  }

  private constructor(
    /** The actions. */
    public readonly actions: string[],
    /** ARNs of the resources. */
    public readonly resources: string[],
    /**
     * Why a resource has a wildcard.
     *
     * @default - none has
     */
    public readonly wildcardReason?: string,
  ) {}
}
