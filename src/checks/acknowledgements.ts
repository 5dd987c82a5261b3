import { PolicyValidationPluginReport, PolicyValidationStack, Stack, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { CheckSeverity } from './check-severity';

type Violation = PolicyValidationPluginReport['violations'][number];

const OF_NOTHING = 'acknowledgement-of-nothing';
const WITHOUT_REASON = 'acknowledgement-without-reason';

/** Ids of what is found in acknowledgements themselves. */
export const ACKNOWLEDGEMENT_RULES = [OF_NOTHING, WITHOUT_REASON];

interface Acknowledged {
  readonly id: string;
  /** What stands in front of `::`; CDK puts its own where nothing does. */
  readonly namespace: string;
  readonly reason: unknown;
  readonly construct: IConstruct;
}

/** What is wrong with the acknowledgements of findings: one that matches nothing hides that the finding is gone, or is misspelt. */
export class Acknowledgements {
  constructor(
    private readonly root: IConstruct,
    private readonly namespace: string,
    private readonly ruleIds: readonly string[],
  ) {}

  /** Violations, given the ids of all findings in the stacks that were looked at. */
  public problems(findings: readonly string[], looked: readonly PolicyValidationStack[]): Violation[] {
    const inOtherStacks = this.pathsOfOtherStacks(looked);
    return this.given().flatMap((given) => {
      const elsewhere = inOtherStacks.some((path) => given.id.includes(`[${path}/`));
      const unknown = given.namespace !== this.namespace || !findings.includes(given.id);
      return [
        ...(unknown && !elsewhere ? [this.ofNothing(given)] : []),
        ...(typeof given.reason !== 'string' || given.reason.trim() === '' ? [this.withoutReason(given)] : []),
      ];
    });
  }

  private given(): Acknowledged[] {
    return this.root.node.findAll().flatMap((construct) => construct.node.metadata
      .filter(({ type, data }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY && typeof data === 'object' && data !== null)
      .flatMap(({ data }) => Object.entries(data as Record<string, unknown>).map(([key, reason]) => {
        const [, namespace, id] = /^([^[]*?)::(.*)$/s.exec(key) ?? ['', '', key];
        return { id, namespace, reason, construct };
      })))
      .filter(({ id, namespace }) => namespace === this.namespace || this.ruleIds.some((rule) => id === rule || id.startsWith(`${rule}[`)));
  }

  private pathsOfOtherStacks(looked: readonly PolicyValidationStack[]): string[] {
    const paths = new Set(looked.map(({ stackConstructPath }) => stackConstructPath));
    return this.root.node.findAll().filter((construct) => Stack.isStack(construct) && construct.nestedStackParent === undefined)
      .map(({ node }) => node.path).filter((path) => !paths.has(path)).map((path) => path.replace(/\s+/g, '-'));
  }

  private ofNothing({ id, construct, namespace }: Acknowledged): Violation {
    return {
      ruleName: `${OF_NOTHING}[${id.replace(/[[\](){}]/g, '_')}]`,
      description: `An acknowledgement matches no finding: ${id}. What it was for is gone, has changed, or is spelt differently.`,
      fix: namespace === this.namespace ? 'Remove it, or copy the id of the finding that is meant, in full.' : `Write ${this.namespace}:: in front of the id of the finding.`,
      severity: CheckSeverity.ERROR,
      violatingResources: [{ constructPath: construct.node.path, locations: [] }],
    };
  }

  private withoutReason({ id, construct }: Acknowledged): Violation {
    return {
      ruleName: `${WITHOUT_REASON}[${id.replace(/[[\](){}]/g, '_')}]`,
      description: `An acknowledgement gives no reason: ${id}.`,
      fix: 'Say in `reason` why the finding is accepted, for whoever reviews it next year.',
      severity: CheckSeverity.ERROR,
      violatingResources: [{ constructPath: construct.node.path, locations: [] }],
    };
  }
}
