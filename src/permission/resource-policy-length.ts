/**
 * The longest resource policy that AWS takes, in characters.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-bedrockagentcore-resourcepolicy.html
 */
export const LONGEST_RESOURCE_POLICY = 20_480;
