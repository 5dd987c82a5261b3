#!/usr/bin/env sh
# What a change does to the access of the app's agents, for any CI that has a shell, git and Node.
#
#   access-review.sh <revision to compare with>     such as origin/main
#
# Writes access-diff.md. Ends with 1 where access is wider than before or cannot be compared, and with 2 where a step fails.
set -eu

base=$1
synth=${SYNTH:-npx cdk synth --quiet}
out=${CDK_OUT:-cdk.out}

$synth
status=0
npx agentcore-access diff "git:$base" "$out" --synth "$synth" --format markdown --output access-diff.md --fail-on widened,undecided,guard-weakened || status=$?
npx agentcore-access check "$out" --fail-on error || status=$?
exit "$status"
