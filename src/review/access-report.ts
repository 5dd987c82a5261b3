import { IConstruct } from 'constructs';
import { accessMarkdown } from './access-markdown';
import { accessModelOf } from './app-access';

/**
 * What all agents of an app may do, for people and for tools. The same is written beside the templates at every synthesis,
 * as `agentcore-access.json` and `agentcore-access.md`.
 */
export class AccessReport {
  /** The report of the app that a construct belongs to, with everything declared so far. */
  public static of(scope: IConstruct): AccessReport {
    return new AccessReport(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /** The access model as JSON, with two blanks of indentation and a line end. Holds no secret. */
  public toJson(): string {
    return `${JSON.stringify(accessModelOf(this.scope), undefined, 2)}\n`;
  }

  /** The report as Markdown, for a pull request. */
  public toMarkdown(): string {
    return accessMarkdown(accessModelOf(this.scope));
  }
}
