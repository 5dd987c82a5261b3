import { writeFileSync } from 'fs';
import { join } from 'path';
import { attachCustomSynthesis, ISynthesisSession, Stage } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { AccessReport } from './access-report';

/** Id of the construct that writes the report, at the root of the app. */
const WRITER_ID = 'AgentCoreAccessReport';

/** Names of the files beside the templates. */
const JSON_FILE = 'agentcore-access.json';
const MARKDOWN_FILE = 'agentcore-access.md';

/**
 * Has the access report written at synthesis of the app, once for all stages. Where the root is not an app (a bare stack in
 * a test), nothing is written.
 */
export function writeAccessReport(scope: IConstruct): void {
  const root = scope.node.root;
  if (!Stage.isStage(root) || root.node.tryFindChild(WRITER_ID) !== undefined) {
    return;
  }
  const writer = new Construct(root, WRITER_ID);
  attachCustomSynthesis(writer, {
    onSynthesize(session: ISynthesisSession) {
      const report = AccessReport.of(writer);
      writeFileSync(join(session.outdir, JSON_FILE), report.toJson());
      writeFileSync(join(session.outdir, MARKDOWN_FILE), report.toMarkdown());
    },
  });
}
