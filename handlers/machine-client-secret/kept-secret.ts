import { DescribeSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Binding } from './binding';
import { Deadline } from '../custom-resource/deadline';
import { FailedCall } from '../custom-resource/failed-call';

/** What the kept secret was seen to be. No value. */
export interface SecretState {
  /** Ids of the versions that have a staging label. */
  readonly versions: readonly string[];
  /** Id of the version that is in use, if there is one. */
  readonly current?: string;
  /** Whether it is about to be deleted. */
  readonly isDeleted: boolean;
}

const CURRENT = 'AWSCURRENT';

/** The secret in Secrets Manager where the client's secret is kept: it can be looked at and written, but not read. */
export class KeptSecret {
  constructor(
    private readonly client: SecretsManagerClient,
    private readonly deadline: Deadline,
    private readonly binding: Binding,
  ) {}

  /** Looks at the versions. */
  public async look(): Promise<SecretState> {
    try {
      const command = new DescribeSecretCommand({ SecretId: this.binding.secretArn });
      const { ARN: arn, VersionIdsToStages: stages = {}, DeletedDate: deletedAt } = await this.deadline.call(abortSignal => this.client.send(command, { abortSignal }));
      if (arn !== this.binding.secretArn) {
        throw new FailedCall('DescribeSecret', 'unanswered', 'an answer about another secret');
      }
      return {
        versions: Object.keys(stages),
        current: Object.keys(stages).find(version => stages[version]?.includes(CURRENT)),
        isDeleted: deletedAt !== undefined,
      };
    } catch (error) {
      throw FailedCall.of('DescribeSecret', error, 'UNQUOTED');
    }
  }

  /** Writes the client's id and secret as a new version, and returns whether that version is now the one in use. */
  public async put(versionId: string, clientSecret: string): Promise<boolean> {
    try {
      const command = new PutSecretValueCommand({
        SecretId: this.binding.secretArn,
        ClientRequestToken: versionId,
        SecretString: JSON.stringify({ client_id: this.binding.clientId, client_secret: clientSecret }),
        VersionStages: [CURRENT],
      });
      const answer = await this.deadline.call(abortSignal => this.client.send(command, { abortSignal }));
      if (answer.VersionId !== versionId) {
        throw new FailedCall('PutSecretValue', 'unanswered', 'an answer about another version');
      }
      return answer.VersionStages?.includes(CURRENT) ?? false;
    } catch (error) {
      // The value was part of the request, and might come back with the answer.
      throw FailedCall.of('PutSecretValue', error, 'UNQUOTED');
    }
  }
}
