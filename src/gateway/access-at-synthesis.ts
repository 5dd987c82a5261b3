import { IAspect } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { attachGatewayAccess } from './gateway-attachment';
import { resolveGateway } from './gateway-resolution';
import type { ToolGateway } from './tool-gateway';
import { policiesAreWritten } from '../declaration/in-time';

/** Writes the role's second policy and the Cedar policies when everything is declared. Problems are left to the validation that follows. */
export class AccessAtSynthesis implements IAspect {
  private done = false;

  constructor(private readonly gateway: ToolGateway) {}

  public visit(node: IConstruct): void {
    if (node === this.gateway && !this.done) {
      this.done = true;
      policiesAreWritten(node);
      attachGatewayAccess(this.gateway, resolveGateway(this.gateway));
    }
  }
}
