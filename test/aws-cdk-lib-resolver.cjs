/**
 * Jest resolver: the tests run with the lowest aws-cdk-lib that users may have, and with CDK_LIB=current with the newest one
 * that was tried, which is installed under another name.
 */
module.exports = (request, options) => {
  const current = process.env.CDK_LIB === 'current' && /^aws-cdk-lib(\/|$)/.test(request);
  return options.defaultResolver(current ? request.replace('aws-cdk-lib', 'aws-cdk-lib-current') : request, options);
};
