import { IConstruct } from 'constructs';
import { accessMarkdown } from './access-markdown';
import { accessModelOf } from './app-access';
import { accessHtml } from './html/access-html';
import { accessJson, writeReportFiles } from './report-files';

/**
 * What all agents of an app may do, for people and for tools. The same is written beside the templates at every synthesis,
 * as `agentcore-access.json`, `agentcore-access.md` and `agentcore-access.html`.
 *
 * No form of it holds a secret, a date, or anything else that differs between two syntheses of the same app.
 */
export class AccessReport {
  /** The report of the app that a construct belongs to, with everything declared so far. */
  public static of(scope: IConstruct): AccessReport {
    return new AccessReport(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * The access model as JSON, with two blanks of indentation and a line end. Holds no secret. Its JSON Schema is
   * `schema/agentcore-access.schema.json` in the package.
   */
  public toJson(): string {
    return accessJson(accessModelOf(this.scope));
  }

  /** The report as Markdown, for a pull request. */
  public toMarkdown(): string {
    return accessMarkdown(accessModelOf(this.scope));
  }

  /**
   * The report as one HTML page for a reviewer: the directory of all agents, what deserves attention first, a drawing of each
   * agent's token path, and the exact IAM and Cedar behind each row. It needs no network and no other file, and may be opened
   * from a disk.
   */
  public toHtml(): string {
    return accessHtml(accessModelOf(this.scope));
  }

  /**
   * Writes `agentcore-access.json`, `agentcore-access.md` and `agentcore-access.html` into a directory of your choice, with
   * everything declared so far: call it after the last declaration. A missing directory is made, older files are replaced.
   *
   * Nothing in a template changes. What synthesis writes beside the templates is the same.
   */
  public writeTo(directory: string): void {
    writeReportFiles(accessModelOf(this.scope), directory);
  }
}
