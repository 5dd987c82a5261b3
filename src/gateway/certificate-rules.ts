import { PrivateCaCertificate } from './private-ca-certificate';
import { TargetKind } from './target-kind';
import type { AddTargetOptions } from './tool-target';
import { Problems } from '../declaration/problems';

/**
 * Targets that AgentCore takes private CA certificates for.
 *
 * https://aws.amazon.com/about-aws/whats-new/2026/10/agentcore-gateway-private-tls-vpc/
 */
const SUPPORTED: readonly TargetKind[] = [TargetKind.MCP_SERVER, TargetKind.OPEN_API, TargetKind.HTTP_PASSTHROUGH];

/** What is wrong with the certificates of a target. */
export function certificateProblems(problems: Problems, kind: TargetKind, { privateCaCertificates, privateEndpoint }: AddTargetOptions): void {
  if (privateCaCertificates === undefined) {
    return;
  }
  const valid = problems.expect(
    Array.isArray(privateCaCertificates) && privateCaCertificates.length > 0 && privateCaCertificates.every((each) => each instanceof PrivateCaCertificate), {
      code: 'GatewayTarget/PrivateCaCertificates',
      what: 'privateCaCertificates are not valid',
      allowed: 'a list of at least one PrivateCaCertificate',
      fix: 'Write PrivateCaCertificate.fromSecret(secret) or .fromBucket(bucket, key), or leave it out where the certificate of the target is publicly trusted. What was received is not shown here.',
    });
  if (!valid) {
    return;
  }
  const supported = problems.expect(SUPPORTED.includes(kind), {
    code: 'GatewayTarget/PrivateCaUnsupported',
    what: `AgentCore takes no private CA certificate for a target of kind ${kind}`,
    allowed: SUPPORTED.join(', '),
    fix: 'Leave it out: AWS\'s own endpoints are publicly trusted. To reach a server with a certificate of a private CA, make it one of these targets.',
  });
  problems.expect(!supported || privateEndpoint !== undefined, {
    code: 'GatewayTarget/PrivateCaNeedsPrivateEndpoint',
    what: 'a private CA certificate is given for a target that is reached through the internet',
    allowed: 'targets with a private endpoint',
    fix: 'Give privateEndpoint: PrivateEndpoint.managedVpc(...) or .latticeResource(...), or leave the certificate out and use a publicly trusted one.',
  });
}
