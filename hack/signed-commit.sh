#!/usr/bin/env bash
# Commits what has changed here to a branch on GitHub, in a commit that GitHub signs.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: hack/signed-commit.sh BRANCH MESSAGE        in a workflow, e.g. hack/signed-commit.sh rollout/dev-1.2.3 "Roll out 1.2.3 to dev"

Puts the changes of the working tree on top of HEAD, which GitHub must have, and BRANCH on that commit, whatever it was before. By
GitHub's API and as the workflow's own token, so that GitHub signs it by its key (web-flow), which Flux knows; a pushed commit would
have no signature. Changed and new files only: it refuses when one was deleted. Exit code: 0 done; 1 not; 2 wrong use.

  GITHUB_REPOSITORY     owner/name (a workflow has it)
  GH_TOKEN              a token that may write contents, for gh
  --help                this text

Needs git, gh, jq.
USAGE
}

case "${1:-}" in --help | -h) usage && exit 0 ;; esac
# shellcheck source=hack/lib.sh
. "$(dirname "$0")/lib.sh"
[ $# = 2 ] || fail "expected BRANCH and MESSAGE; --help says more" 2
branch=$1 message=$2
needs_value GITHUB_REPOSITORY GH_TOKEN
for tool in git gh jq; do need "$tool" "it is on GitHub's runners"; done
[[ $branch =~ ^[A-Za-z0-9][A-Za-z0-9._/-]*$ ]] || fail "$branch is no name of a branch" 2

api() { gh api --method "$1" "repos/$GITHUB_REPOSITORY/git/$2" --input -; }

cd "$(git rev-parse --show-toplevel)"
git add --intent-to-add --all
[ -z "$(git diff --name-only --diff-filter=D HEAD)" ] || fail "a file was deleted: $(git diff --name-only --diff-filter=D HEAD)" 1
files=$(git diff --name-only HEAD)
[ -n "$files" ] || fail "nothing has changed" 1
head=$(git rev-parse HEAD)

entries=$(while IFS= read -r file; do
  mode=100644
  if [ -x "$file" ]; then mode=100755; fi
  jq --null-input --arg path "$file" --arg mode "$mode" --rawfile content "$file" '{path: $path, mode: $mode, type: "blob", content: $content}'
done <<<"$files")
tree=$(jq --slurp --arg base "$(git rev-parse 'HEAD^{tree}')" '{base_tree: $base, tree: .}' <<<"$entries" | api POST trees | jq --raw-output --exit-status .sha)
# Neither author nor committer: only then GitHub signs.
commit=$(jq --null-input --arg message "$message" --arg tree "$tree" --arg head "$head" '{message: $message, tree: $tree, parents: [$head]}' | api POST commits)
jq --exit-status '.verification.verified == true' <<<"$commit" >/dev/null ||
  fail "GitHub did not sign the commit: $(jq --raw-output '.verification.reason // "it does not say why"' <<<"$commit")" 1
sha=$(jq --raw-output --exit-status .sha <<<"$commit")

if gh api "repos/$GITHUB_REPOSITORY/git/ref/heads/$branch" >/dev/null 2>&1; then
  jq --null-input --arg sha "$sha" '{sha: $sha, force: true}' | api PATCH "refs/heads/$branch" >/dev/null
else
  jq --null-input --arg ref "refs/heads/$branch" --arg sha "$sha" '{ref: $ref, sha: $sha}' | api POST refs >/dev/null
fi
say "$sha"
