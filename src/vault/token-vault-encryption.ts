import { Aspects, AspectPriority, aws_iam as iam, aws_kms as kms, IAspect, IResource, RemovalPolicy, Resource } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { vaultKeyAdministrationStatement, vaultKeyUseStatements } from './vault-key-policy';
import { VaultKeyRemoval } from './vault-key-removal';
import { VaultKeySetter } from './vault-key-setter';
import { vaultProblems } from './vault-rules';
import { declareKey } from '../declaration/declared-key';
import { environmentOf } from '../declaration/environment';
import { expectKnownFields } from '../declaration/known-fields';
import { Ledger } from '../declaration/ledger';
import { Problems } from '../declaration/problems';

/** The key that protects the token vault of an account and region. */
export interface ITokenVaultEncryption extends IResource {
  /** The customer-managed key. */
  readonly key: kms.IKeyRef;

  /** Keys that the vault was under before. */
  readonly formerKeys: kms.IKeyRef[];
}

/** How the token vault is encrypted. */
export interface TokenVaultEncryptionProps {
  /**
   * The customer-managed key: symmetric, single-Region, in the region of the stack, given by its own ARN and not by an alias.
   *
   * A key of this app (an L2) gets the statements in its policy that AgentCore needs. For an imported key and for an L1 the access
   * report holds them, for its owner to add.
   *
   * @default - a key is made, with yearly rotation, retained when the stack is deleted. Its policy lets the account's
   * administrators manage it, and nobody use it but through AgentCore Identity for this vault
   */
  readonly key?: kms.IKeyRef;

  /**
   * Keys that the vault was under before, or will be next. Agents and the function that sets the key may decrypt with them,
   * through AgentCore only: AWS does not say whether tokens are encrypted anew when the key changes.
   *
   * To change the key so that a rollback works, too: deploy once with the new key in `formerKeys`, then exchange the two.
   *
   * @default - none
   */
  readonly formerKeys?: kms.IKeyRef[];

  /**
   * What happens to the vault when this construct is removed from the app, or its stack deleted.
   *
   * @default VaultKeyRemoval.KEEP_KEY
   */
  readonly onRemoval?: VaultKeyRemoval;
}

/**
 * Puts the token vault of the stack's account and region under a customer-managed KMS key. The vault keeps the access and
 * refresh tokens of all users of all agents. One per account and region in an app.
 *
 * CloudFormation cannot set the key, so in the template there is a custom resource: a Lambda function that may set and read
 * the key of this vault and describe this KMS key, with a log group of its own, and a key unless one is given. Every agent
 * role that gets OAuth2 tokens, in any stack of the app, may use the key through AgentCore Identity only
 * (`kms:ViaService`).
 *
 * Left out: client secrets and API keys. They are under the key of their Secrets Manager secrets; the access report tells
 * which.
 *
 * The function refuses to touch a vault that is under another key than the one that was set here.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/identity-data-encryption.html
 */
export class TokenVaultEncryption extends Resource implements ITokenVaultEncryption {
  /**
   * Declares that the vault of the stack's account and region is under this key already, set by another app. Agents get the
   * use of the key; nothing is set.
   *
   * @throws [TokenVaultEncryption/...] at synthesis, as for one that sets the key
   */
  public static fromKey(scope: Construct, id: string, key: kms.IKeyRef, formerKeys: kms.IKeyRef[] = []): ITokenVaultEncryption {
    class SetElsewhere extends Resource implements ITokenVaultEncryption {
      public readonly key = key;
      public readonly formerKeys = formerKeys;
    }
    const encryption = new SetElsewhere(scope, id);
    declare(encryption, false, allowUse(key, vaultKeyUseStatements(environmentOf(encryption))));
    return encryption;
  }

  public readonly key: kms.IKeyRef;
  public readonly formerKeys: kms.IKeyRef[];

  /**
   * What the policy of the key must hold, for a key that is not made in this app.
   */
  public readonly requiredKeyPolicy: iam.PolicyStatement[];

  /**
   * @throws [TokenVaultEncryption/UnknownField] for a property that does not exist
   * @throws [TokenVaultEncryption/...] at synthesis: a second one in the account and region, a key of another region or
   * account, an alias, a multi-Region key, an asymmetric key, something of it that was changed elsewhere
   */
  constructor(scope: Construct, id: string, props: TokenVaultEncryptionProps = {}) {
    super(scope, id);
    const problems = new Problems(this.node.path);
    expectKnownFields(problems, props, ['key', 'formerKeys', 'onRemoval'], 'The encryption of the token vault', 'TokenVaultEncryption/UnknownField');
    problems.raise();
    const environment = environmentOf(this);
    this.requiredKeyPolicy = vaultKeyUseStatements(environment);
    this.key = props.key ?? this.makeKey();
    this.formerKeys = [...props.formerKeys ?? []];
    declare(this, true, props.key === undefined || allowUse(props.key, this.requiredKeyPolicy));
    const setter = new VaultKeySetter(this, 'KeySetter', { key: this.key, formerKeys: this.formerKeys, onRemoval: props.onRemoval ?? VaultKeyRemoval.KEEP_KEY, owner: this });
    Aspects.of(this).add(new AfterProviders(this, setter), { priority: AspectPriority.MUTATING });
  }

  private makeKey(): kms.Key {
    const key = new kms.Key(this, 'Key', {
      description: `AgentCore token vault (${this.node.path})`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
      policy: new iam.PolicyDocument({ statements: [vaultKeyAdministrationStatement(environmentOf(this)), ...this.requiredKeyPolicy] }),
    });
    declareKey(this, key);
    return key;
  }
}

/** The vault appears with the first provider of a region, so its key is set after the providers of the stack. */
class AfterProviders implements IAspect {
  constructor(private readonly encryption: TokenVaultEncryption, private readonly setter: VaultKeySetter) {}

  public visit(node: IConstruct): void {
    if (node !== this.encryption) {
      return;
    }
    const ledger = Ledger.of(node);
    [...ledger.oauth2Providers, ...ledger.apiKeyProviders]
      .filter(({ provider, owned }) => owned && provider.stack === this.encryption.stack)
      .forEach(({ provider }) => this.setter.node.addDependency(provider));
  }
}

function declare(encryption: ITokenVaultEncryption, setsKey: boolean, keyPolicyIsHere: boolean): void {
  Ledger.of(encryption).addVault({ encryption, setsKey, keyPolicyIsHere });
  encryption.node.addValidation({ validate: () => vaultProblems(encryption) });
}

/**
 * Puts the statements into the key's policy, and tells whether it took them. An import or an L1 does not; the access report then
 * says what its policy must hold.
 */
function allowUse(key: kms.IKeyRef, statements: readonly iam.PolicyStatement[]): boolean {
  const l2 = key as kms.IKeyRef & Partial<kms.IKey>;
  return statements.map((statement) => l2.addToResourcePolicy?.(statement, true).statementAdded === true).every((added) => added);
}
