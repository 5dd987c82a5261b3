import { IConstruct } from 'constructs';
import { expectReason } from './reason';
import { ToolAccess } from './tool-access';
import { BroadLimitOptions } from '../capability/users';
import { alwaysHolds } from '../cedar/cedar-condition';
import { CedarActionScope } from '../cedar/cedar-policy';
import { expectInTime } from '../declaration/in-time';
import { Problems } from '../declaration/problems';

/** A rule of a tool. */
export interface ToolRule {
  readonly effect: 'permit' | 'forbid';
  readonly access: ToolAccess;
  /** A forbid for those who do not fulfil the access. */
  readonly unless: boolean;
  /** Why it is forbidden. */
  readonly reason?: string;
}

/** A tool, an HTTP operation, or all tools of a target: what its rules are about. */
export class GatewayTool {
  /** @internal */
  public static _of(name: string, action: CedarActionScope, path: string, allToolsReason?: string, target?: IConstruct): GatewayTool {
    return new GatewayTool(name, action, path, allToolsReason, target);
  }

  /** @internal */
  public readonly _rules: ToolRule[] = [];

  private constructor(
    /** Name of the tool, or the operation, without the target in front. `*` for all of the target. */
    public readonly name: string,
    /** @internal */
    public readonly _action: CedarActionScope,
    private readonly path: string,
    /**
     * Why all tools of the target have one rule.
     *
     * @default - it is about one tool
     */
    public readonly allToolsReason?: string,
    private readonly target?: IConstruct,
  ) {}

  /** The tool as callers name it: target, three underscores and tool. What `Capability.callTools` takes. */
  public get qualifiedName(): string {
    return this._action.group ? `${this._action.id}___*` : this._action.id;
  }

  /**
   * Who may call it. Said once: combine with `ToolAccess.allOf` and `ToolAccess.anyOf`.
   *
   * In the template: one `AWS::BedrockAgentCore::Policy` that permits, or several that together say the same where one would be
   * too long. Without it nobody may.
   *
   * @throws [GatewayTool/RequiresTwice] when it was said already
   * @throws [GatewayTool/Access] when it is not a `ToolAccess`
   */
  public requires(access: ToolAccess): GatewayTool {
    const problems = this.problems('requires()');
    problems.expect(access instanceof ToolAccess, {
      code: 'GatewayTool/Access', what: `what ${this.name} requires is no ToolAccess`, received: access, fix: 'Write ToolAccess.allScopes(\'mcp:call\') or another of its forms.',
    });
    problems.expect(!this._rules.some(({ effect }) => effect === 'permit'), {
      code: 'GatewayTool/RequiresTwice',
      what: `what ${this.name} requires is said twice`,
      received: access?.description,
      fix: 'Say in one call whether both are needed, ToolAccess.allOf(...), or one suffices, ToolAccess.anyOf(...).',
    });
    problems.raise();
    this._rules.push({ effect: 'permit', access, unless: false });
    return this;
  }

  /**
   * Refuses calls that fulfil this, whatever permits them. A claim or an argument that is missing does not fulfil it.
   *
   * @throws [GatewayTool/Access] when it is no ToolAccess, or `nobody`
   * @throws [GatewayTool/Reason] when the reason is missing
   */
  public forbids(access: ToolAccess, options: BroadLimitOptions): GatewayTool {
    return this.forbid(access, options, false);
  }

  /**
   * Refuses calls that do not fulfil this, whatever permits them. A claim or an argument that is missing does not fulfil it, so
   * such calls are refused.
   *
   * @throws [GatewayTool/...] as `forbids`
   * @throws [GatewayTool/ForbidsNobody] when every caller fulfils it: the rule would refuse nobody, and AWS refuses such a policy
   */
  public forbidsUnless(access: ToolAccess, options: BroadLimitOptions): GatewayTool {
    return this.forbid(access, options, true);
  }

  private problems(call: string): Problems {
    const problems = new Problems(this.path);
    if (this.target !== undefined) {
      expectInTime(problems, this.target, call, 'ToolGateway/TooLate');
    }
    return problems;
  }

  private forbid(access: ToolAccess, options: BroadLimitOptions, unless: boolean): GatewayTool {
    const problems = this.problems(unless ? 'forbidsUnless()' : 'forbids()');
    problems.expect(access instanceof ToolAccess && access._condition !== undefined, {
      code: 'GatewayTool/Access', what: 'what is forbidden is no ToolAccess that somebody has', received: access, fix: 'To shut the tool, write requires(ToolAccess.nobody()).',
    });
    problems.expect(!unless || !(access instanceof ToolAccess) || access._condition === undefined || !alwaysHolds(access._condition), {
      code: 'GatewayTool/ForbidsNobody', what: 'the rule refuses nobody, because every caller fulfils it', received: access?.description, fix: 'Leave the rule out, or name what a caller has to have.',
    });
    expectReason(problems, options?.reason, 'GatewayTool/Reason', 'Say why it is refused; the sentence stands in the access report.');
    problems.raise();
    this._rules.push({ effect: 'forbid', access, unless, reason: options.reason });
    return this;
  }
}
