import { UnreadPolicy } from './policy-document';
import { SynthesizedApp, SynthesizedResource } from './synthesized-app';

/** Types that become roles and policies which stand in no template. */
const MAKES_OTHERS = /^AWS::Serverless::|^AWS::CloudFormation::StackSet$|::MODULE$|^Fn::/;

/** Transforms whose result is known to hold no grants to what is written beside them. */
const HARMLESS = /^AWS::(LanguageExtensions|Serverless-2016-10-31|CodeDeployBlueGreen|CodeDeployHooks|SecretsManager-\d{4}-\d\d-\d\d)$/;

const MACRO = 'Fn::Transform';

/** Where macros and modules of CloudFormation write policies, so that the template does not tell. */
export function writtenElsewhere(app: SynthesizedApp): UnreadPolicy[] {
  return app.stacks.flatMap(({ resources, template }) => {
    const macros = [(template as { Transform?: unknown }).Transform ?? []].flat().filter((macro) => typeof macro !== 'string' || !HARMLESS.test(macro));
    const [first] = resources;
    return [
      ...(macros.length > 0 && first !== undefined ? [unread(first, 'Transform', 'a macro writes the whole template')] : []),
      ...resources.filter(({ type }) => MAKES_OTHERS.test(type)).map((resource) => unread(resource, 'Type', `${resource.type} makes resources that the template does not show`)),
      ...resources.filter(({ properties }) => MACRO in properties).map((resource) => unread(resource, 'Properties', 'a macro writes the properties')),
    ];
  });
}

function unread(resource: SynthesizedResource, location: string, why: string): UnreadPolicy {
  return { place: { resource, location }, why };
}
