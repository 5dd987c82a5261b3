#!/usr/bin/env sh
# What a change does to the access of the app's agents, for any CI that has a shell, git and Node.
#
#   access-review.sh <revision to compare with>     such as origin/main
#
# Writes access-diff.md. Ends with 1 where access is given, is held back less or cannot be compared, and with 2 where a step fails.
# It is accepted with a file access-accepted.md: a first line for who and why, then access-diff.md as it is. Let only those who may accept
# approve changes of that file.
#
# SYNTH is the command that synthesizes, and CDK_OUT the folder where it leaves the assembly. The base is synthesized by the same command,
# so write a folder of the repository as it is seen from here, such as build/cdk.out. An absolute one does if the command heeds CDK_OUTDIR.
set -eu

base=$1
synth=${SYNTH:-npx cdk synth --quiet}
out=${CDK_OUT:-cdk.out}
accepted=${ACCEPTED:-access-accepted.md}

is_accepted() {
  [ -f "$accepted" ] || return 1
  sed 1d "$accepted" | cmp -s - access-diff.md || return 1
  # What was accepted for an earlier change is not accepted for this one.
  ! git show "$base:./$accepted" 2>/dev/null | cmp -s - "$accepted"
}

# The command line gives the base another CDK_OUTDIR. What does not heed it writes where the head's was written, in the base's own tree.
case "$out" in
  /*) set -- ;;
  *) set -- --synth-output "$out" ;;
esac

sh -c "$synth"
status=0
npx agentcore-access diff "git:$base" "$out" --synth "$synth" "$@" --format markdown --output access-diff.md --fail-on review || status=$?
if [ "$status" -eq 1 ] && is_accepted; then
  echo "accepted in $accepted: $(head -n 1 "$accepted")"
  status=0
fi
found=0
npx agentcore-access check "$out" --fail-on error || found=$?
[ "$found" -le "$status" ] || status=$found
exit "$status"
